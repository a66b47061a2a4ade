"""Estimates how much two texts have in common by comparing a small sketch (MinHash) of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

from nlp.text.lines import split
from training.labels.label_files import Labelled

ALIKE = 0.7
"""The share of common pieces from which on two reports are taken to be the same one; set by hand."""

_SKETCH = 256
"""The number of hashes that a sketch holds."""

_PIECE = 8
"""The number of characters of a piece."""

_PROSE = 15
"""Lines with fewer characters are labels of the form and numbers, which all reports share."""

Sketch = frozenset[int]


def sketch(text: str) -> Sketch:
    """Return the `_SKETCH` smallest hashes of the pieces of a text's long lines, without spaces and digits.

    >>> same = "我局高度重视政府信息公开工作，制度健全。"
    >>> likeness(sketch(same), sketch(same))
    1.0
    """
    return frozenset(sorted(set(_hashes(text)))[:_SKETCH])


def likeness(one: Sketch, other: Sketch) -> float:
    """Return the share of pieces that two texts have in common (Broder 1997), 0 if both are empty."""
    smallest = sorted(one | other)[:_SKETCH]
    if not smallest:
        return 0.0
    common = one & other
    return sum(hash in common for hash in smallest) / len(smallest)


def duplicates(
    trained: Sequence[Labelled], held_out: Sequence[Labelled]
) -> Iterator[tuple[Labelled, Labelled, float]]:
    """Yield each held-out document with a trained one that is (nearly) the same, and their likeness."""
    sketches = [(document, sketch(document.text)) for document in trained]
    for document in held_out:
        own_sketch = sketch(document.text)
        for other, other_sketch in sketches:
            alike = 1.0 if document.text == other.text else likeness(own_sketch, other_sketch)
            if alike >= ALIKE:
                yield document, other, alike


def _is_space_or_digit(character: str) -> bool:
    return character.isspace() or character.isdigit()


def _hashes(text: str) -> Iterator[int]:
    """Yield the hash of each piece: `_PIECE` characters in a row of a long line."""
    for line in split(text):
        letters = "".join(character for character in line.plain if not _is_space_or_digit(character))
        if len(letters) >= _PROSE:
            for start in range(len(letters) - _PIECE + 1):
                yield crc32(letters[start : start + _PIECE].encode())
