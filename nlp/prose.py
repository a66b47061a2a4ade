"""Finds the problems and measures of running text that nothing enumerates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from nlp.cues import Zone, lack, verb
from nlp.statements import is_measure, sentences, statement

_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """What a sentence, or a part of one up to a semicolon, says, and in which paragraph and sentence.

    `told` where the text says that it is about problems or measures, here or before; `fresh` where it
    names one by its words, so that it does not only explain the piece before it.
    """

    zone: Zone
    start: int
    end: int
    told: bool
    fresh: bool
    paragraph: int
    sentence: int


def pieces(text: str, start: int, end: int, zone: Zone | None, introduces: bool) -> tuple[list[Piece], Zone | None]:
    """Return what the sentences of a stretch say, and what they leave the reader to expect.

    `zone` is what was said before; with `introduces` an enumeration follows, and a last sentence that is
    not closed only leads to it.
    """
    found: list[Piece] = []
    told = zone is not None
    paragraph = sentence = 0
    for first, last in sentences(text, start, end):
        said = statement(text, first, last, zone)
        heard = _heard(text, first, last, said.zone, zone, told or said.told)
        told = said.told or (told and heard == zone)
        leads = said.leads or (introduces and last >= end and text[last - 1] not in "。;!?\n")
        if heard in ("problems", "improvements") and not leads:
            fresh = said.told or _names(text, said.start, last, heard)
            found.append(Piece(heard, said.start, said.end, told, fresh, paragraph, sentence))
        zone = heard
        paragraph += text[last - 1] == "\n" or (last < len(text) and text[last] == "\n")
        sentence += text[last - 1] != ";"
    return found, zone


def _heard(text: str, start: int, end: int, said: Zone | None, before: Zone | None, told: bool) -> Zone | None:
    """Tell what an uncued sentence is about: where nobody said so, a measure's words end the problems."""
    if before == "problems" and said == before and not told and is_measure(text, start, end):
        return "improvements"
    return said


def _names(text: str, start: int, end: int, zone: Zone) -> bool:
    if zone == "problems":
        return lack().search(text, start, end) is not None
    return verb().match(text, start, end) is not None


def stretches(found: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces that follow each other and are about the same."""
    for _, stretch in groupby(found, key=lambda piece: piece.zone):
        yield list(stretch)


def merged(found: Sequence[Piece]) -> Piece:
    """Return the pieces as one."""
    return replace(found[0], end=found[-1].end)


def separate(stretch: Sequence[Piece], text: str) -> list[Piece]:
    """Return a stretch as items: a paragraph each where it has several, else a sentence each.

    A sentence that names nothing new explains the one before it.
    """
    several = stretch[0].paragraph != stretch[-1].paragraph
    units = _paragraphs(stretch) if several else _sentences(stretch)
    items: list[Piece] = []
    for unit in units:
        if unit.fresh or not items:
            items.append(unit)
        else:
            items[-1] = replace(items[-1], end=unit.end)
    return [item for item in items if _is_item(item, text)]


def _paragraphs(stretch: Sequence[Piece]) -> list[Piece]:
    groups = (list(group) for _, group in groupby(stretch, key=lambda piece: piece.paragraph))
    return [replace(merged(group), fresh=any(piece.fresh for piece in group)) for group in groups]


def _sentences(stretch: Sequence[Piece]) -> list[Piece]:
    """Return sentences; the parts between semicolons are items only where each names something."""
    units: list[Piece] = []
    for _, group in groupby(stretch, key=lambda piece: piece.sentence):
        parts = list(group)
        units += parts if all(part.fresh for part in parts) else [replace(merged(parts), fresh=parts[0].fresh)]
    return units


def _is_item(item: Piece, text: str) -> bool:
    """Tell whether a piece names a problem or a measure at all: a date or a signature does not."""
    if item.end - item.start < _SHORTEST:
        return False
    if item.zone == "problems":
        return item.fresh or item.told
    return item.fresh or verb().search(text, item.start, item.end) is not None


def paired(found: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """Return problems with their measures where each of several paragraphs names first one, then the other."""
    paragraphs = [list(group) for _, group in groupby(found, key=lambda piece: piece.paragraph)]
    couples = [list(stretches(paragraph)) for paragraph in paragraphs]
    if len(couples) < 2 or not all(_is_couple(couple) for couple in couples):
        return []
    return [(merged(problem), merged(measure)) for problem, measure in couples]


def _is_couple(couple: Sequence[Sequence[Piece]]) -> bool:
    return [stretch[0].zone for stretch in couple] == ["problems", "improvements"]
