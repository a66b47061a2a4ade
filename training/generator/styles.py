"""How a document is typed: width of its punctuation, spaces around digits, odd spaces in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

from nlp.resources import knowledge
from nlp.text.enumerators import shape
from training.generator.drafting import Draft
from training.generator.grids import Grid
from training.generator.page import Block, TableBlock

Style = Callable[[str], str]


def _table(full: str, half: str) -> dict[int, str]:
    return {ord(a): b for a, b in zip(full, half, strict=True)}


BRACKETS = _table("（）", "()")
POINTS = _table("（），：；", "(),:;")
QUOTES = _table("“”", '""')
DIGITS = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9%])(?=[\u4e00-\u9fff])")
ENUMERATED = re.compile(r"^(\d)\.")


def official(text: str) -> str:
    """Leave a text as it is."""
    return text


def half_brackets(text: str) -> str:
    """Print brackets in half width.

    >>> half_brackets("（一）主动公开")
    '(一)主动公开'
    """
    return text.translate(BRACKETS)


def spaced_brackets(text: str) -> str:
    """Print brackets in half width, a space after those that number something."""
    return re.sub(shape("bracketed", "generated"), r"\1 ", text.translate(BRACKETS))


def half_width(text: str) -> str:
    """Print commas, colons and brackets in half width."""
    return text.translate(POINTS)


def loose(text: str) -> str:
    """Print them in half width with a space after commas."""
    return text.translate(POINTS).replace(",", ", ").replace(";", "; ")


def plain_quotes(text: str) -> str:
    """Print straight quotation marks."""
    return text.translate(QUOTES)


def spaced_digits(text: str) -> str:
    """Part digits from Chinese by a space, as Word does on paper.

    >>> spaced_digits("2023年公开170条")
    '2023 年公开 170 条'
    """
    return DIGITS.sub(" ", text)


def enumerated_by_comma(text: str) -> str:
    """Number items by `1、` in place of `1.`."""
    return ENUMERATED.sub(r"\1、", text)


def enumerated_in_full_width(text: str) -> str:
    """Number items by `1．`."""
    return ENUMERATED.sub(r"\1．", text)


@cache
def _traditional() -> dict[int, str]:
    """The characters that data/characters.toml reads as simplified ones, the other way round."""
    table = knowledge("characters")["traditional"]
    return {ord(simple): traditional for traditional, simple in table.items()}


def traditional(text: str) -> str:
    """Write a text in traditional characters, as mirrors of a site do.

    >>> traditional("政府信息公开")
    '政府信息公開'
    """
    return text.translate(_traditional())


STYLES: tuple[tuple[Style, str, float], ...] = (
    (official, "", 55),
    (half_brackets, "09_half_width", 10),
    (spaced_brackets, "09_half_width", 5),
    (half_width, "09_half_width", 6),
    (loose, "09_half_width", 2),
    (plain_quotes, "09_half_width", 3),
    (spaced_digits, "09_spaces", 14),
    (traditional, "29_traditional", 1),
    (enumerated_by_comma, "", 3),
    (enumerated_in_full_width, "", 2),
)


def choose(rng: Random) -> tuple[Style, str]:
    """Draw a style and the kind of NOISE.md it shows."""
    style, noise, _ = rng.choices(STYLES, [style[2] for style in STYLES])[0]
    return style, noise


def styled(draft: Draft, style: Style) -> Draft:
    """Return a draft typed in a style: prose, labels of tables, items; figures stay as printed."""
    return replace(
        draft,
        organization=style(draft.organization),
        blocks=[_styled(block, style) for block in draft.blocks],
        problems=tuple(map(style, draft.problems)),
        improvements=tuple((style(text), answers) for text, answers in draft.improvements),
    )


def _styled(block: Block | TableBlock, style: Style) -> Block | TableBlock:
    if isinstance(block, Block):
        return replace(block, text=style(block.text))
    return TableBlock(_styled_grid(block.grid, style))


def _styled_grid(grid: Grid, style: Style) -> Grid:
    boxes = (box if box.figure else replace(box, text=style(box.text)) for box in grid.boxes)
    return replace(grid, boxes=tuple(boxes))
