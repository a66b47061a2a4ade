"""Damages XML so that it stays well-formed: its elements, their attributes and texts."""

from __future__ import annotations

from copy import deepcopy
from random import Random

from lxml import etree

from training.fuzzing.pieces import odd, renumbered

_VALUES = (
    "",
    "0",
    "-1",
    "1",
    "100000",
    "2147483648",
    "9" * 400,
    "1e300",
    "nan",
    "x",
    "/",
    "../..",
    "true",
    "二",
)
_DEEP = (1, 3, 9, 60, 200)


def tree_damaged(content: bytes, chance: Random) -> bytes:
    """Lose, repeat, move, rename or wrap an element, change an attribute or a text."""
    try:
        tree = etree.fromstring(content, etree.XMLParser(huge_tree=True, resolve_entities=False))
    except etree.XMLSyntaxError:
        return odd(content, chance)
    for _ in range(chance.choice((1, 1, 2, 5))):
        _change(tree, chance)
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True)


def _change(tree: etree._Element, chance: Random) -> None:
    nodes = [node for node in tree.iter() if isinstance(node.tag, str)]
    node, other = chance.choice(nodes), chance.choice(nodes)
    parent = node.getparent()
    way = chance.randrange(9)
    if way == 0 and parent is not None:
        parent.remove(node)
    elif way == 1 and parent is not None:
        for _ in range(chance.choice((1, 2, 30)) if len(nodes) < 20_000 else 1):
            parent.insert(parent.index(node), deepcopy(node))
    elif way == 2 and len(nodes) < 20_000:
        other.append(deepcopy(node))
    elif way == 3:
        node.tag = other.tag
    elif way == 4 and parent is not None:
        _wrap(parent, node, chance.choice(_DEEP))
    elif way == 5:
        text = (node.text or "").encode()
        changed = chance.choice((odd, renumbered))(text, chance).decode("utf-8", "ignore")
        node.text = "".join(character for character in changed if character >= " " or character in "\t\n")
    elif node.attrib:
        name = chance.choice(list(node.attrib))
        value = str(node.attrib[name])
        values = [*_VALUES, *map(str, other.attrib.values()), f"{value} 1", value[:-1]]
        if chance.random() < 0.15:
            del node.attrib[name]
        else:
            node.attrib[name] = chance.choice(values)
    elif other.attrib:
        name = chance.choice(list(other.attrib))
        node.attrib[name] = chance.choice((*_VALUES, other.attrib[name]))


def _wrap(parent: etree._Element, node: etree._Element, deep: int) -> None:
    """Put an element into others of its own name."""
    at = parent.index(node)
    inner = node
    empty = etree.Element(node.tag)
    for name, value in node.attrib.items():
        empty.set(name, value)
    for _ in range(deep):
        outer = deepcopy(empty)
        outer.append(inner)
        inner = outer
    parent.insert(at, inner)
