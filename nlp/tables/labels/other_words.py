"""Tells whether a text that names a row or a column says another thing by the words beside the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct
from rapidfuzz.distance import Indel, Levenshtein

from nlp.form.labels.lexicon import Lexicon, characters
from nlp.form.labels.normalised import enumerator
from nlp.tables.labels.column_names import over_columns
from nlp.text.cells import COMPARING, COUNTED, LABELS, NOTES, NUMBERS, UNITS
from nlp.text.enumerators import NUMERALS

_SAID = re.compile(r"[\u3400-\u9fffA-Za-z0-9%‰]")
"""The characters of a label that say something; %, which tells a share, among them."""
_ENUMERATOR = re.compile(rf"[0-9]{{1,2}}|[{NUMERALS}]{{1,3}}|[A-Za-z]")
_LONGEST_ENUMERATOR = 3
_YEAR = "YEAR"
_PIECE, _PIECE_OF_ROW = 2, 3
"""In characters: the shortest parts of labels of headers and groups, and of rows, beside others."""
_DENYING, _OF_ANOTHER_TIME = frozenset(LABELS["denying"]), frozenset(LABELS["of_another_time"])


class _Said(Struct, frozen=True):
    """What a text says: its characters but for spaces and marks, and for each the remark that it stands in.

    `remarks` are the texts in brackets, `inside` the number of the one that a character is in, else -1.
    `is_torn` tells whether it is in several words, which may be parts of several labels.
    """

    characters: str
    inside: tuple[int, ...]
    remarks: tuple[str, ...]
    is_torn: bool


class _Word(Struct, frozen=True):
    """Characters of a text, from `start` on, that are none of a name's; `instead` are the name's there."""

    start: int
    characters: str
    instead: str


@lru_cache(maxsize=1 << 12)
def says_another_thing(text: str, names: tuple[str, ...], lexicon: Lexicon, year: int | None) -> bool:
    """Return whether a folded text that holds one of some normalised names says another thing by other words.

    A name alone, a part of one, one with a unit, an enumerator, a mark, a slip of recognition, or with pieces
    of other labels of its table, says the same; so does one beside words known to be harmless. `year` is the
    report's: its number is harmless, another year's is not.

    >>> from nlp.form.form import named
    >>> lexicon = Lexicon(named("2021").table("disclosure"))
    >>> texts = "行政许可(件)", "行政许可事项", "不予行政许可", "行政许可(上年)", "行政许可率"
    >>> [says_another_thing(text, ("行政许可",), lexicon, 2023) for text in texts]
    [False, False, True, True, True]
    """
    said = _said(text)
    if said.characters in names and not said.remarks:
        return False
    if characters(said.characters) in map(characters, names):  # in another order: 维持结果
        return False
    vocabulary = _vocabulary(lexicon, year, said.is_torn)
    if not any(_unknown([_Word(0, said.characters, "")], vocabulary)):
        return False
    is_whole = any(name in said.characters for name in names)
    for name in names:
        for beside in _alignments(said.characters, name):
            if not _is_other(said, beside, name, vocabulary, lexicon, not is_whole):
                return False
    return True


def _is_other(
    said: _Said,
    beside: Iterable[_Word],
    name: str,
    vocabulary: frozenset[str],
    lexicon: Lexicon,
    may_be_misread: bool,
) -> bool:
    """Return whether some of the words beside a name are neither known nor harmless, slips or scraps."""
    for word in _unknown(_by_remark(beside, said), vocabulary):
        remark = said.inside[word.start]
        if remark >= 0 and _is_harmless_remark(said.remarks[remark], vocabulary):
            continue
        if said.is_torn and _is_scrap(word, name, lexicon):
            continue
        if word.start == 0 and word.characters in _ends_of_columns(lexicon):  # of one torn above
            continue
        if remark >= 0 or not (may_be_misread and _is_slip(word)):
            return True
    return False


def _said(text: str) -> _Said:
    """Return what a text says behind its enumerator."""
    letters: list[str] = []
    inside: list[int] = []
    remarks: list[str] = []
    depth = 0
    for character in text:
        if character in "(/":  # what stands behind a slash is a remark, too: 件数/万件
            depth += 1
            if depth == 1:
                remarks.append("")
        elif character == ")":
            depth = max(0, depth - 1)
        elif _SAID.match(character):
            letters.append(character)
            inside.append(len(remarks) - 1 if depth else -1)
            if depth:
                remarks[-1] += character
    is_torn = len(text.split()) > 1
    of_label = len(enumerator(text))
    if of_label > _LONGEST_ENUMERATOR:  # a year
        of_label = 0
    return _Said("".join(letters[of_label:]), tuple(inside[of_label:]), tuple(remarks), is_torn)


def _alignments(text: str, name: str) -> Iterator[list[_Word]]:
    """Yield what stands in a text beside the characters of a name, of which it may lack some."""
    at = text.find(name)
    if at >= 0:
        yield [_Word(0, text[:at], ""), _Word(at + len(name), text[at + len(name) :], "")]
        return
    for distance in (Indel, Levenshtein):
        words = []
        start = of_name = 0
        for block in distance.editops(text, name).as_matching_blocks():
            if block.a > start:
                words.append(_Word(start, text[start : block.a], name[of_name : block.b]))
            start, of_name = block.a + block.size, block.b + block.size
        yield words


def _by_remark(words: Iterable[_Word], said: _Said) -> Iterator[_Word]:
    """Yield words cut where remarks begin and end."""
    for word in words:
        start = word.start
        end = start + len(word.characters)
        cuts = [at for at in range(start + 1, end) if said.inside[at] != said.inside[at - 1]]
        if not cuts:
            yield word
            continue
        for first, last in pairwise([start, *cuts, end]):
            yield _Word(first, said.characters[first:last], "")


def _unknown(words: Iterable[_Word], vocabulary: frozenset[str]) -> Iterator[_Word]:
    """Yield the parts of words that none of a vocabulary covers, as few characters as can be."""
    for word in words:
        text = word.characters
        if not text:
            continue
        best: list[tuple[int, int, bool]] = [(0, 0, True)]
        for end in range(1, len(text) + 1):
            cuts = [(best[end - 1][0] + 1, end - 1, False)]
            for start in range(end):
                part = text[start:end]
                if part in vocabulary or _is_enumerator(text, start, end):
                    cuts.append((best[start][0], start, True))
            best.append(min(cuts, key=lambda cut: (cut[0], not cut[2])))
        yield from _uncovered(word, best)


def _is_enumerator(text: str, start: int, end: int) -> bool:
    """Return whether a part of a text is an enumerator of labels, no part of a longer number."""
    if end - start > _LONGEST_ENUMERATOR:
        return False
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    is_apart = not any(character.isdecimal() for character in around)
    return is_apart and _ENUMERATOR.fullmatch(text, start, end) is not None


def _uncovered(word: _Word, best: list[tuple[int, int, bool]]) -> Iterator[_Word]:
    """Yield the uncovered parts of a word; `best` tells for each end its start, and if it is covered."""
    end = len(word.characters)
    is_whole = best[end][0] == end
    stop = end
    while end:
        _, start, is_covered = best[end]
        if is_covered:
            if stop > end:
                yield _Word(word.start + end, word.characters[end:stop], "")
            stop = start
        end = start
    if stop:
        yield _Word(word.start, word.characters[:stop], word.instead if is_whole else "")


def _is_slip(word: _Word) -> bool:
    """Return whether a character may be misread for one of a name, whose sense it does not turn."""
    if _DENYING.issuperset(word.characters) and not _DENYING.isdisjoint(word.instead):
        return True
    if not len(word.characters) == len(word.instead) == 1:
        return False
    if word.characters in _OF_ANOTHER_TIME:
        return False
    return word.characters not in _DENYING


def _is_scrap(word: _Word, name: str, lexicon: Lexicon) -> bool:
    """Return whether characters in a torn text are those of the headers and groups around it, or its own."""
    return _characters_around(lexicon).union(name).issuperset(word.characters)


def _is_harmless_remark(remark: str, vocabulary: frozenset[str]) -> bool:
    """Return whether a remark compares no years, and is known or made of names, harmless words and units."""
    if any(word in remark for word in COMPARING):
        return False
    if begins_harmless(remark) or any(word in remark for word in LABELS["remarks_with"]):
        return True
    if any(beginning.startswith(remark) for beginning in LABELS["remarks"]):  # it goes on elsewhere
        return True
    with_units = vocabulary.union(UNITS, COUNTED, NUMBERS["currency"], NOTES["units"])
    return not any(_unknown([_Word(0, remark, "")], with_units))


def begins_harmless(remark: str) -> bool:
    """Return whether a remark begins as those do that leave a name what it is."""
    return remark.startswith(tuple(LABELS["remarks"]))


def is_renamed(text: str, name: str, lexicon: Lexicon, year: int | None) -> bool:
    """Return whether a text that names a row or column, given by its id, says another thing than it.

    What headers of changes say is told with the signs of their numbers.
    """
    column = lexicon.table.column.get(name)
    if column is not None and column.signed:
        return False
    return says_another_thing(text, spellings_of(name, lexicon), lexicon, year)


@cache
def spellings_of(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the normalised spellings of what has an id, a row, a column or both; the longest first."""
    labels = (*lexicon.columns.items(), *lexicon.rows.items())
    own = dict.fromkeys(label for label, id in labels if id == name)
    return tuple(sorted(own, key=len, reverse=True))


@cache
def _characters_around(lexicon: Lexicon) -> frozenset[str]:
    return frozenset("".join([*lexicon.columns, *lexicon.headers, *lexicon.groups, *over_columns(lexicon)]))


@cache
def _ends_of_columns(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(label[start:] for label in lexicon.columns for start in range(1, len(label)))


@cache
def _vocabulary(lexicon: Lexicon, year: int | None, is_torn: bool) -> frozenset[str]:
    """Return what may stand beside a name: other labels of its table, pieces of those, harmless words."""
    above = {*lexicon.headers, *lexicon.groups, *over_columns(lexicon)}
    known = {*above, *LABELS["joining"], *NUMBERS["notes"]}
    known |= {word.replace(_YEAR, str(year)) for word in LABELS["harmless"]}
    known |= _parts(above, _PIECE)
    if is_torn:
        known |= {*lexicon.rows, *lexicon.whole_columns}
        known |= _parts(lexicon.columns, _PIECE) | _parts(lexicon.rows, _PIECE_OF_ROW)
        known |= _parts(LABELS["harmless"], 1)
    return frozenset(known)


def _parts(labels: Iterable[str], shortest: int) -> set[str]:
    """Return all parts of labels of so many characters or more."""
    return {
        label[start:end]
        for label in labels
        for start in range(len(label))
        for end in range(start + shortest, len(label) + 1)
    }
