"""How a document is typed: width of its punctuation, spaces around digits, traditional characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from nlp.resources import knowledge
from nlp.text.enumerators import shape
from training.generator.drafting import Draft
from training.generator.grids import Grid
from training.generator.page import Block, Blocks, TableBlock

BRACKETS = str.maketrans("（）", "()")
PUNCTUATION = str.maketrans("（），：；", "(),:;")
QUOTES = str.maketrans("“”", '""')
BETWEEN_HAN_AND_DIGIT = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9%])(?=[\u4e00-\u9fff])")
ITEM_NUMBER = re.compile(r"^(\d)\.")
BRACKETED_NUMBER = re.compile(shape("bracketed", "generated"))


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
    """Print brackets in half width, with a space after an enumerator in brackets.

    >>> spaced_brackets("（一）主动公开")
    '(一) 主动公开'
    """
    return BRACKETED_NUMBER.sub(r"\1 ", text.translate(BRACKETS))


def half_width(text: str) -> str:
    """Print commas, colons and brackets in half width."""
    return text.translate(PUNCTUATION)


def half_width_spaced(text: str) -> str:
    """Print commas, colons and brackets in half width, with a space after commas and semicolons."""
    return text.translate(PUNCTUATION).replace(",", ", ").replace(";", "; ")


def plain_quotes(text: str) -> str:
    """Print straight quotation marks."""
    return text.translate(QUOTES)


def spaced_digits(text: str) -> str:
    """Print a space between digits and Chinese characters, as Word shows them on paper.

    >>> spaced_digits("2023年公开170条")
    '2023 年公开 170 条'
    """
    return BETWEEN_HAN_AND_DIGIT.sub(" ", text)


def enumerated_by_comma(text: str) -> str:
    """Number items by `1、` in place of `1.`."""
    return ITEM_NUMBER.sub(r"\1、", text)


def enumerated_in_full_width(text: str) -> str:
    """Number items by `1．` in place of `1.`."""
    return ITEM_NUMBER.sub(r"\1．", text)


@cache
def _traditional() -> dict[int, str]:
    """Return the table [traditional] of data/characters.toml turned round: simplified to traditional."""
    simplified_of = knowledge("characters")["traditional"]
    return {ord(simplified): traditional for traditional, simplified in simplified_of.items()}


def traditional(text: str) -> str:
    """Write a text in traditional characters, as mirrors of a site do.

    >>> traditional("政府信息公开")
    '政府信息公開'
    """
    return text.translate(_traditional())


@dataclass(frozen=True)
class Style:
    """A way of typing.

    `typed(text)` is a text typed so, `noise` the kind of noise that this is ("" for none), and `share` the
    relative frequency of the style.
    """

    typed: Callable[[str], str]
    noise: str
    share: float


STYLES: tuple[Style, ...] = (
    Style(official, "", 55),
    Style(half_brackets, "09_half_width", 10),
    Style(spaced_brackets, "09_half_width", 5),
    Style(half_width, "09_half_width", 6),
    Style(half_width_spaced, "09_half_width", 2),
    Style(plain_quotes, "09_half_width", 3),
    Style(spaced_digits, "09_spaces", 14),
    Style(traditional, "29_traditional", 1),
    Style(enumerated_by_comma, "", 3),
    Style(enumerated_in_full_width, "", 2),
)


def choose(rng: Random) -> Style:
    """Draw a style by its share."""
    return rng.choices(STYLES, [style.share for style in STYLES])[0]


def styled(draft: Draft, style: Style) -> Draft:
    """Return a draft typed in a style: prose, labels of tables, items; figures stay as printed."""
    blocks: Blocks = []
    for block in draft.blocks:
        if isinstance(block, Block):
            blocks.append(replace(block, text=style.typed(block.text)))
        else:
            blocks.append(TableBlock(_styled_grid(block.grid, style)))
    improvements = [(style.typed(text), answers) for text, answers in draft.improvements]
    return replace(
        draft,
        organization=style.typed(draft.organization),
        blocks=blocks,
        problems=tuple(map(style.typed, draft.problems)),
        improvements=tuple(improvements),
    )


def _styled_grid(grid: Grid, style: Style) -> Grid:
    boxes = []
    for box in grid.boxes:
        boxes.append(box if box.figure else replace(box, text=style.typed(box.text)))
    return replace(grid, boxes=tuple(boxes))
