"""How alike two texts are: a small sketch of each, compared instead of the texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from nlp.text.lines import split
from training.labels.label_files import Labelled

ALIKE = 0.7
"""From this share of common pieces on, two reports are taken for the same one."""

_SKETCH = 256
_PIECE = 8
_PROSE = 15
"""Shorter lines are labels of the form and numbers, which all reports share."""

Sketch = frozenset[int]


def sketch(text: str) -> Sketch:
    """Return the smallest hashes of the pieces of a text's long lines, white space and digits left out.

    >>> same = "我局高度重视政府信息公开工作，制度健全。"
    >>> likeness(sketch(same), sketch(same))
    1.0
    """
    return frozenset(sorted(set(_hashes(text)))[:_SKETCH])


def likeness(one: Sketch, other: Sketch) -> float:
    """Return the share of pieces that two texts have in common (Broder's resemblance), 0 for empty ones."""
    smallest = sorted(one | other)[:_SKETCH]
    return sum(hash in one and hash in other for hash in smallest) / len(smallest) if smallest else 0.0


def duplicates(
    trained: Sequence[Labelled], held_out: Sequence[Labelled]
) -> Iterator[tuple[Labelled, Labelled, float]]:
    """Yield the pairs across the two sides that are (nearly) the same text."""
    sketches = [(document, sketch(document.text)) for document in trained]
    for document in held_out:
        own = sketch(document.text)
        for other, theirs in sketches:
            alike = likeness(own, theirs)
            if alike >= ALIKE or document.text == other.text:
                yield document, other, max(alike, float(document.text == other.text))


def _hashes(text: str) -> Iterable[int]:
    for line in split(text):
        letters = "".join(letter for letter in line.plain if not letter.isspace() and not letter.isdigit())
        if len(letters) >= _PROSE:
            for at in range(len(letters) - _PIECE + 1):
                yield crc32(letters[at : at + _PIECE].encode())
