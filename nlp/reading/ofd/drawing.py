"""Draws the objects of an OFD's page: its characters with their boxes, its ruled lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nlp.reading.document import Unreadable
from nlp.reading.ofd.package import Element, child, children, local, numbers, text_of
from nlp.reading.ofd.paths import parts
from nlp.reading.ofd.placed_text import PlacedCharacter, characters
from nlp.reading.pdf.glyphs import MOST_GLYPHS
from nlp.reading.pdf.rules import IDENTITY, Matrix, around, moved, times

_DEEPEST = 8
"""Groups of objects that are nested deeper in groups are not looked into."""
_MOST_OBJECTS = 200_000
"""A page of more objects is no page of a report."""


@dataclass
class Drawing:
    """What a page shows, in points from its lower left corner: `strokes` are parts of paths, and whether
    their lines are drawn; `units` are groups of objects that a page can name, by their ids.
    """

    number: int
    units: Mapping[str, Element]
    letters: list[PlacedCharacter] = field(default_factory=list)
    strokes: list[tuple[list[tuple[float, float]], bool]] = field(default_factory=list)
    objects: int = 0

    def add(self, group: Element, matrix: Matrix, depth: int = 0) -> None:
        """Add the objects of a layer or group; raises Unreadable (`too_large`)."""
        if depth > _DEEPEST:
            return
        for element in group:
            add = _KINDS.get(local(element))
            if add is None or element.get("Visible") in ("false", "0"):
                continue
            self.objects += 1
            if self.objects > _MOST_OBJECTS or len(self.letters) > MOST_GLYPHS:
                raise Unreadable("too_large", f"page {self.number} holds more than any report's does.")
            add(self, element, matrix, depth)

    def _add_group(self, element: Element, matrix: Matrix, depth: int) -> None:
        self.add(element, matrix, depth + 1)

    def _add_text(self, element: Element, matrix: Matrix, depth: int) -> None:
        placed, width = _placed(element, matrix)
        self.letters += characters(element, placed, width)

    def _add_path(self, element: Element, matrix: Matrix, depth: int) -> None:
        placed, _ = _placed(element, matrix)
        is_stroked = element.get("Stroke") not in ("false", "0")
        is_filled = element.get("Fill") in ("true", "1")
        if not is_stroked and not is_filled:
            return
        for part in parts(text_of(child(element, "AbbreviatedData")), placed):
            self.strokes.append((part, is_stroked))

    def _add_image(self, element: Element, matrix: Matrix, depth: int) -> None:
        """Add the edges of a picture: a thin one is a line."""
        boundary = numbers(element.get("Boundary"), 4)
        if boundary is not None:
            x, y, width, height = boundary
            corners = [moved(x, y, matrix), moved(x + width, y + height, matrix)]
            left, bottom, right, top = around(corners)
            self.strokes.append(([(left, bottom), (right, top)], False))

    def _add_composite(self, element: Element, matrix: Matrix, depth: int) -> None:
        unit = self.units.get(element.get("ResourceID", ""))
        if unit is not None:
            placed, _ = _placed(element, matrix)
            for content in children(unit, "Content"):
                self.add(content, placed, depth + 1)


def _placed(element: Element, matrix: Matrix) -> tuple[Matrix, float]:
    """Return what takes an object's coordinates to the page, and how wide its boundary is in these.

    The width is 0 where there is no boundary.
    """
    own: Matrix = IDENTITY
    given = numbers(element.get("CTM"), 6)
    if given is not None:
        a, b, c, d, e, f = given
        own = (a, b, c, d, e, f)
    x, y, width, _ = numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    scale = abs(complex(own[0], own[1])) or 1.0
    return times(times(own, (1, 0, 0, 1, x, y)), matrix), width / scale


_KINDS: Mapping[str, Callable[[Drawing, Element, Matrix, int], None]] = {
    "TextObject": Drawing._add_text,
    "PathObject": Drawing._add_path,
    "ImageObject": Drawing._add_image,
    "CompositeObject": Drawing._add_composite,
    "PageBlock": Drawing._add_group,
    "Layer": Drawing._add_group,
}
