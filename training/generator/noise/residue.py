"""Noise in a drafted report that converters and editors leave behind: bookmarks, markup, tool lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from nlp.text.enumerators import shape
from training.generator.drafting import Draft
from training.generator.noise.chapters import chapter_headings, with_texts
from training.generator.noise.damage import Damage
from training.generator.page import Block, Blocks
from training.generator.worlds import TRAINING, World

RUN_IN_HEADING = re.compile(shape("point_with_title", "generated"))
"""A heading that its paragraph goes on from, as `（一）主动公开情况。`, with its closing mark."""


def bookmarks(draft: Draft, rng: Random) -> Draft:
    """Leave a bookmark of Word at the start of one paragraph."""
    position = rng.choice([i for i, block in enumerate(draft.blocks) if isinstance(block, Block)])
    bookmark = rng.choice(["[bookmark: _GoBack]", "[bookmark: _GoBack]", "[bookmark: _Toc{}]"])
    bookmark = bookmark.format(rng.randint(10**7, 10**8))
    return with_texts(draft, {position: bookmark + draft.text(position)})


def bold_marks(draft: Draft, rng: Random) -> Draft:
    """Leave the asterisks of Markdown around headings and run-in headings."""

    def with_asterisks(block: Block) -> str:
        if block.label != "heading":
            return RUN_IN_HEADING.sub(r"**\1**", block.text)
        return f"**{block.text}**" if rng.random() < 0.5 else block.text

    return _rewritten(draft, with_asterisks)


def heading_marks(draft: Draft, rng: Random) -> Draft:
    """Leave the marks of Markdown before or around every heading: `## 一、总体情况`."""
    chapter_mark, lower_mark = rng.choice(
        [("## {}", "### {}"), ("# {}", "## {}"), ("**{}**", "**{}**"), ("## {}", "{}")]
    )
    chapters = {draft.blocks[i] for i in chapter_headings(draft).values()}

    def with_mark(block: Block) -> str:
        if block.label != "heading":
            return block.text
        is_chapter = block.section == "title" or block in chapters
        return (chapter_mark if is_chapter else lower_mark).format(block.text)

    return _rewritten(draft, with_mark)


def markup(draft: Draft, rng: Random) -> Draft:
    """Leave pieces of HTML, or a word of a machine translation, in one paragraph of five."""
    original, residue = rng.choice(
        [("。", "。<br>"), ("，", "，&nbsp;"), ("和", " and "), ("。", "。</p>"), ("、", "、<u></u>")]
    )

    def with_residue(block: Block) -> str:
        if rng.random() >= 0.2:
            return block.text
        return block.text.replace(original, residue, 1)

    return _rewritten(draft, with_residue)


def tool_lines(draft: Draft, rng: Random, world: World = TRAINING) -> Draft:
    """Insert lines that a converter writes by itself: images, comments, rules."""
    blocks = list(draft.blocks)
    for _ in range(rng.choice([1, 1, 2, 3])):
        text = rng.choice(world.symbols()["tool_line"])
        text = text.replace("{mailname}", "img1").replace("{page}", "1")
        position = rng.randrange(len(blocks) + 1)
        section = blocks[min(position, len(blocks) - 1)].section
        blocks.insert(position, Block(text, "furniture", section))
    return replace(draft, blocks=blocks)


def _rewritten(draft: Draft, rewrite: Callable[[Block], str]) -> Draft:
    """Return a draft in which every paragraph and heading has the text that `rewrite` returns for it."""
    blocks: Blocks = []
    for block in draft.blocks:
        blocks.append(replace(block, text=rewrite(block)) if isinstance(block, Block) else block)
    return replace(draft, blocks=blocks)


def damages(world: World) -> tuple[Damage[Draft], ...]:
    """Return the damages of this module, as the tools of a world do them."""
    return (
        Damage("07_bookmarks", bookmarks, on_screen=0.03, on_paper=0.03),
        Damage("07_bold_marks", bold_marks, on_screen=0.05),
        Damage("07_heading_marks", heading_marks, on_screen=0.03),
        Damage("07_markup", markup, on_screen=0.02),
        Damage("07_tool_lines", partial(tool_lines, world=world), on_screen=0.03, on_paper=0.03),
    )
