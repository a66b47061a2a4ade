"""Finds the problems and measures of running text that nothing enumerates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from nlp.narrative.items.cue_words import Zone, lack, verb
from nlp.narrative.items.statements import Statement, is_measure, sentences, statement
from nlp.narrative.wording import expression

_SHORTEST = 5
_SEVERAL = 3


class Piece(Struct, frozen=True, gc=False):
    """What a sentence, or a part of one up to a semicolon, says, and in which paragraph and sentence.

    `told` where the text says that it is about problems or measures, here or before; `fresh` where it
    names one by its words, so that it does not only explain the piece before it; `listed` where it is the
    first after a colon; `answers` where it opens with words that answer the one before: 对此.
    """

    zone: Zone
    start: int
    end: int
    told: bool
    fresh: bool
    paragraph: int
    sentence: int
    listed: bool
    answers: bool


def pieces(
    text: str, start: int, end: int, zone: Zone | None, introduces: bool
) -> tuple[list[Piece], Zone | None]:
    """Return what the sentences of a stretch say, and what they leave the reader to expect.

    `zone` is what was said before; with `introduces` an enumeration follows, and a last sentence that is
    not closed only leads to it.
    """
    reader = _Reader(text, zone, end)
    found = []
    for first, last in sentences(text, start, end):
        said = reader.read(first, last)
        unclosed = introduces and last >= end and _is_unclosed(text[first:last])
        if said.zone in ("problems", "improvements") and not said.leads and not unclosed:
            fresh = said.told or _names(text, said.start, last, said.zone)
            place = (reader.paragraph, reader.sentence, text[said.start - 1 : said.start] == ":")
            answers = _answering(text, first) is not None
            found.append(Piece(said.zone, said.start, said.end, reader.told, fresh, *place, answers))
        reader.close(last)
    return found, reader.zone


def _is_unclosed(sentence: str) -> bool:
    return sentence.rstrip().endswith((",", ":", "、")) or not sentence.endswith(("。", ";", "!", "?", "\n"))


class _Reader:
    """Reads sentences in order; `zone` is what they are about, `told` whether the text says so."""

    def __init__(self, text: str, zone: Zone | None, end: int) -> None:
        self.text = text
        self._end = end
        self.zone = self._begun = zone
        self.told = zone is not None
        self.paragraph = self.sentence = 0
        self._turned = 0

    def read(self, start: int, end: int) -> Statement:
        """Read the next sentence."""
        said = statement(self.text, start, end, self.zone)
        if not said.told and self._goes_back(start, end):
            self.zone, self.told = self._begun, self._begun is not None
            if self._is_answered(end):
                self.zone = "problems"
            said = statement(self.text, start, end, self.zone)
        if not (said.told or self.told) and self.zone == "problems" and is_measure(self.text, start, end):
            said = replace(said, zone="improvements")
        self.told = said.told or (self.told and said.zone == self.zone)
        if said.zone != self.zone or said.told:
            self._turned = self.paragraph
        self.zone = said.zone
        return said

    def close(self, end: int) -> None:
        """Go on behind a sentence, a paragraph if it ends one."""
        self.paragraph += self.text[end - 1 : end + 1].find("\n") >= 0
        self.sentence += self.text[end - 1] != ";"

    def _goes_back(self, start: int, end: int) -> bool:
        """Tell whether a problem is named again after measures: by a new paragraph, or one 对此 answers."""
        if self.zone != "improvements" or self._begun == "improvements" or is_measure(self.text, start, end):
            return False
        lacks = self.paragraph > self._turned and lack().search(self.text, start, end) is not None
        return lacks or self._is_answered(end)

    def _is_answered(self, end: int) -> bool:
        """Tell whether the next sentence says what is done about the one that ends here."""
        return self.text[end - 1] == "。" and end < self._end and _answering(self.text, end) is not None


def _answering(text: str, place: int) -> re.Match[str] | None:
    return expression("items", "answering").match(text, place)


def _names(text: str, start: int, end: int, zone: Zone) -> bool:
    if zone == "problems":
        return lack().search(text, start, end) is not None
    aspect = expression("items", "aspect").match(text, start, end)
    return (aspect is not None and _opens(text, start)) or verb().match(text, start, end) is not None


def _opens(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == "\n"


def stretches(found: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces that follow each other and are about the same."""
    for _, stretch in groupby(found, key=lambda piece: piece.zone):
        yield list(stretch)


def merged(found: Sequence[Piece]) -> Piece:
    """Return the pieces as one."""
    return replace(found[0], end=found[-1].end)


def separate(stretch: Sequence[Piece], text: str) -> list[Piece]:
    """Return a stretch as items: a paragraph each where it has several, else a sentence each.

    A sentence that names nothing new explains the one before it, but where each stands in a paragraph of
    its own below words that say what is listed.
    """
    several = stretch[0].paragraph != stretch[-1].paragraph
    units = _paragraphs(stretch) if several else _sentences(stretch)
    alone = several and all(piece.told for piece in stretch) and _is_each_alone(stretch, text)
    items: list[Piece] = []
    for unit in units:
        if unit.fresh or alone or not items:
            items.append(unit)
        else:
            items[-1] = replace(items[-1], end=unit.end)
    return [item for item in items if _is_item(item, text)]


def _paragraphs(stretch: Sequence[Piece]) -> list[Piece]:
    groups = (list(group) for _, group in groupby(stretch, key=lambda piece: piece.paragraph))
    return [replace(merged(group), fresh=any(piece.fresh for piece in group)) for group in groups]


def _is_each_alone(stretch: Sequence[Piece], text: str) -> bool:
    """Tell whether every paragraph of a stretch has one sentence, and closes it."""
    if len({piece.sentence for piece in stretch}) != len({piece.paragraph for piece in stretch}):
        return False
    return all(text[piece.start : piece.end].rstrip().endswith(("。", ";")) for piece in stretch)


def _sentences(stretch: Sequence[Piece]) -> list[Piece]:
    """Return sentences; the parts between semicolons are items only where each names something."""
    units: list[Piece] = []
    for _, group in groupby(stretch, key=lambda piece: piece.sentence):
        parts = list(group)
        if _is_told_list(parts):
            units += [replace(part, fresh=True) for part in parts]
        else:
            units += parts if _is_list(parts) else [replace(merged(parts), fresh=parts[0].fresh)]
    return units


def _is_told_list(parts: Sequence[Piece]) -> bool:
    """Tell whether the parts of a sentence are items because a colon leads to several of them."""
    return (parts[0].listed or parts[0].told) and parts[0].fresh and len(parts) >= _SEVERAL


def _is_list(parts: Sequence[Piece]) -> bool:
    """Tell whether the parts of a sentence are items: all of its problems, most of its measures."""
    fresh = sum(part.fresh for part in parts)
    return fresh == len(parts) or (
        parts[0].zone == "improvements" and parts[0].fresh and 2 * fresh > len(parts)
    )


def _is_item(item: Piece, text: str) -> bool:
    """Tell whether a piece names a problem or a measure at all: a date or a signature does not."""
    if item.end - item.start < _SHORTEST:
        return False
    if item.zone == "problems":
        return item.fresh or item.told
    return item.fresh or verb().search(text, item.start, item.end) is not None or text[item.end - 1] in "。;"


def paired(found: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """Return problems with their measures where every paragraph of several names one, then the other.

    A paragraph may name several, where each measure opens with words that answer the problem before it.
    """
    paragraphs = [list(group) for _, group in groupby(found, key=lambda piece: piece.paragraph)]
    couples = [couple for paragraph in paragraphs for couple in _couples(list(stretches(paragraph)))]
    if len(couples) < 2 or not all(_is_couple(couple) for couple in couples):
        return []
    return [(merged(problem), merged(measure)) for problem, measure in couples]


def _couples(paragraph: Sequence[list[Piece]]) -> Iterator[Sequence[list[Piece]]]:
    """Part the stretches of a paragraph in twos where every second one answers."""
    answered = all(stretch[0].answers for stretch in paragraph[1::2])
    size = 2 if answered else len(paragraph)
    yield from (paragraph[at : at + size] for at in range(0, len(paragraph), size))


def _is_couple(couple: Sequence[Sequence[Piece]]) -> bool:
    return [stretch[0].zone for stretch in couple] == ["problems", "improvements"]
