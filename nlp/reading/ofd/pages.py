"""The pages of an OFD's documents: their size, and the layers that they and their templates consist of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nlp.reading.document import Unreadable
from nlp.reading.ofd.package import Element, Package, child, children, numbers, text_of

ROOT = "OFD.xml"
_A4 = (0.0, 0.0, 210.0, 297.0)
_MOST_PAGES = 500
"""An OFD of more pages is refused: a report has a few, a yearbook of reports some hundred."""
_SMALLEST = 1.0
"""In millimetres: a page that is said to be smaller has the size of the document's pages."""


class OfdPage(NamedTuple):
    """A page: its width and height in millimetres, its layers from the back, and the groups it can name."""

    width: float
    height: float
    layers: list[Element]
    units: dict[str, Element]


def pages(package: Package) -> Iterator[OfdPage]:
    """Yield the pages of all documents, in their order.

    Raises Unreadable: `encrypted`, `damaged` where a file that has to be there is not, `too_large`.
    """
    if package.holds("Encryptions.xml"):
        raise Unreadable("encrypted", "the OFD is encrypted; save it without its password.")
    root = package.tree(ROOT)
    count = 0
    for body in children(root, "DocBody"):
        path = package.found(_root_of(body, package), ROOT)
        document = None if path is None else package.tree(path)
        if path is None or document is None:
            raise Unreadable("damaged", "the OFD names a document that it does not hold; fetch it again.")
        for page in _of_document(package, document, path):
            count += 1
            if count > _MOST_PAGES:
                raise Unreadable("too_large", f"the OFD has more than {_MOST_PAGES} pages; split it.")
            yield page


def _root_of(body: Element, package: Package) -> str:
    """Return the path of a document's root: that of its current version, where it has several."""
    for version in children(child(body, "Versions"), "Version"):
        if version.get("Current") in ("true", "1"):
            path = package.found(version.get("BaseLoc", ""), ROOT)
            tree = None if path is None else package.tree(path)
            root = text_of(child(tree, "DocRoot"))
            if root:
                return root
    return text_of(child(body, "DocRoot"))


def _of_document(package: Package, document: Element, path: str) -> Iterator[OfdPage]:
    common = child(document, "CommonData")
    box = _box(child(common, "PageArea")) or _A4
    templates: dict[str, str] = {}
    for template in children(common, "TemplatePage"):
        found = package.found(template.get("BaseLoc", ""), path)
        if found is not None:
            templates[template.get("ID", "")] = found
    units = _units(package, common, path, ("PublicRes", "DocumentRes"))
    for named in children(child(document, "Pages"), "Page"):
        place = package.found(named.get("BaseLoc", ""), path)
        page = None if place is None else package.tree(place)
        if page is None or place is None:
            raise Unreadable("damaged", "the OFD names a page that it does not hold; fetch it again.")
        size = _box(child(page, "Area")) or box
        own_units = {**units, **_units(package, page, place, ("PageRes",))}
        layers = [*_layers_of_templates(package, page, templates), *children(child(page, "Content"), "Layer")]
        yield OfdPage(size[2], size[3], layers, own_units)


def _layers_of_templates(package: Package, page: Element, templates: dict[str, str]) -> list[Element]:
    layers: list[Element] = []
    for used in children(page, "Template"):
        path = templates.get(used.get("TemplateID", ""))
        template = None if path is None else package.tree(path)
        layers += children(child(template, "Content"), "Layer")
    return layers


def _box(area: Element | None) -> tuple[float, ...] | None:
    """Return the box of the paper: its upper left corner is where the coordinates of a page begin."""
    box = numbers(text_of(child(area, "PhysicalBox")), 4)
    return box if box and min(box[2:]) >= _SMALLEST else None


def _units(
    package: Package, parent: Element | None, beside: str, kinds: tuple[str, ...]
) -> dict[str, Element]:
    """Return the groups of objects, such as drawings that come again, in the resources of a file."""
    units: dict[str, Element] = {}
    for resource in children(parent, *kinds):
        path = package.found(text_of(resource), beside)
        tree = None if path is None else package.tree(path)
        for group in children(tree, "CompositeGraphicUnits"):
            for unit in children(group, "CompositeGraphicUnit"):
                units[unit.get("ID", "")] = unit
    return units
