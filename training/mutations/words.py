"""Oddities of words: traditional characters, words of Taiwan, white space within labels, remarks behind."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from nlp.resources import knowledge
from training.mutations.oddity import labels_changed
from training.mutations.sheet import Sheet

_TRADITIONAL = str.maketrans({one: two for two, one in knowledge("characters")["traditional"].items()})
_OF_TAIWAN: dict[str, str] = {two: one for one, two in knowledge("characters")["taiwan_words"].items()}
"""Words of Taiwan for those of the form."""
_REMARKS = ("（含修订）", "（县级无此项）", "（含公共服务事项）", "（其中修订6件）")
_LONG = 6
"""Labels of so many characters or more lose some."""
_SHORT = 4
"""Labels of so many characters at most are set with white space between these."""


def words_of_taiwan(sheet: Sheet, rng: Random) -> Sheet:
    """Labels and headers in traditional characters, half of the time in words of Taiwan as well."""
    words = _OF_TAIWAN if rng.random() < 0.5 else {}

    def translated(text: str) -> str:
        for word, other in words.items():
            text = text.replace(word, other)
        return text.translate(_TRADITIONAL)

    return labels_changed(sheet, "words_of_taiwan", translated)


def spaces_in_labels(sheet: Sheet, rng: Random) -> Sheet:
    """Short labels with white space between their characters: `总 计`."""
    gap = rng.choice([" ", "\u3000", "\u00a0"])

    def spread(text: str) -> str:
        return gap.join(text) if 1 < len(text) <= _SHORT else text

    return labels_changed(sheet, "spaces_in_labels", spread)


def remarks_in_labels(sheet: Sheet, rng: Random) -> Sheet:
    """Remarks in brackets behind some rows' labels of 二."""
    blocks = []
    for block in sheet.tables["disclosure"]:
        rows = []
        for row in block.rows:
            *outer, label = row.labels
            remark = rng.choice(_REMARKS) if rng.random() < 0.3 else ""
            rows.append(replace(row, labels=(*outer, f"{label}{remark}")))
        blocks.append(replace(block, rows=tuple(rows)))
    return sheet.with_blocks("disclosure", blocks, "remarks_in_labels")


def characters_lost(sheet: Sheet, rng: Random) -> Sheet:
    """Long labels of which some lost a character, or have another one in its place."""
    share = rng.choice([0.1, 0.5])

    def spoilt(text: str) -> str:
        if len(text) < _LONG or rng.random() > share:
            return text
        at = rng.randrange(2, len(text))
        return text[:at] + rng.choice(["", "口"]) + text[at + 1 :]

    return labels_changed(sheet, "characters_lost", spoilt)


def other_enumerators(sheet: Sheet, rng: Random) -> Sheet:
    """Rows of 三 numbered in another way: `1、`, `（1）`, `①`, and groups in half-width brackets."""
    form = rng.choice(["{}、", "（{}）", "{}．", "{} "])

    def numbered(text: str) -> str:
        number, point, rest = text.partition(".")
        if point and number.isdecimal():
            return form.format(number) + rest
        return text.replace("（", "(").replace("）", ")")

    return labels_changed(sheet, "other_enumerators", numbered)
