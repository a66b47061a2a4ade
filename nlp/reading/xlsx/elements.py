"""The elements of a workbook's parts by their names without namespaces, and the numbers in them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

Element = etree._Element


def number(text: str | None) -> int:
    """Return a number as files have it, 0 for none."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def measure(text: str | None) -> float:
    """Return a size as files have it, -1 for none.

    >>> measure("0"), measure("12.75"), measure(None), measure("wide")
    (0.0, 12.75, -1.0, -1.0)
    """
    if text is None:
        return -1.0
    try:
        return float(text)
    except ValueError:
        return -1.0


def local(node: Element) -> str:
    """Return the name of an element without its namespace, "" for what is none."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def named(parent: Element, name: str) -> Iterator[Element]:
    """Return the elements of a name in another one."""
    return (child for child in parent if local(child) == name)


def below(tree: Element, group: str, name: str) -> Iterator[Element]:
    """Yield the elements of a name in the groups of a part."""
    for parent in named(tree, group):
        yield from named(parent, name)
