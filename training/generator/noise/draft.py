"""Damages to a report as written: headings lost or renumbered, chapters missing, residue in the prose."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TypeGuard

from nlp.record.model import CHAPTERS
from nlp.resources import knowledge
from nlp.text.enumerators import shape
from training.generator.drafting import Draft
from training.generator.grammar import rules
from training.generator.listing import CHINESE
from training.generator.page import Block, Blocks, TableBlock

NUMBERED = re.compile(shape("chapter", "generated"))
SUB_NUMBERED = re.compile(shape("part", "generated"))


def chapter_headings(draft: Draft) -> dict[str, int]:
    """Return where the heading of each chapter stands among the blocks."""
    found: dict[str, int] = {}
    for i, block in enumerate(draft.blocks):
        if block.section in CHAPTERS and block.section not in found:
            found[block.section] = i
    return found


def lost_heading(draft: Draft, rng: Random) -> Draft:
    """Lose the heading of a chapter that opens with a table or a sub-heading."""
    headings = chapter_headings(draft)
    loseable = [i for i in headings.values() if i + 1 < len(draft.blocks) and _opens(draft.blocks, i)]
    if not loseable:
        return draft
    lost = rng.choice(loseable)
    return replace(draft, blocks=[block for i, block in enumerate(draft.blocks) if i != lost])


def _opens(blocks: Blocks, heading: int) -> bool:
    after = blocks[heading + 1]
    return after.section == blocks[heading].section and (
        isinstance(after, TableBlock) or after.label == "heading"
    )


def numbering_restarts(draft: Draft, rng: Random) -> Draft:
    """Number the parts of the overview by 一、二、… and begin again at the tables."""
    headings = chapter_headings(draft)
    parts = [
        i
        for i, block in enumerate(draft.blocks)
        if block.section == "overview" and isinstance(block, Block) and block.label == "heading"
    ][1:]
    if not parts or not SUB_NUMBERED.match(_text(draft, parts[0])):
        return draft
    texts = {i: f"{CHINESE[n]}、{SUB_NUMBERED.sub('', _text(draft, i))}" for n, i in enumerate(parts)}
    for n, kind in enumerate(CHAPTERS[1:]):
        texts[headings[kind]] = NUMBERED.sub(f"{CHINESE[n]}、", _text(draft, headings[kind]))
    dropped = headings["overview"] if rng.random() < 0.7 else -1
    return _renamed(draft, texts, dropped)


def numbering_slips(draft: Draft, rng: Random) -> Draft:
    """Leave the numbers of chapters out, repeat one, or skip one."""
    headings = chapter_headings(draft)
    slip, at = rng.choice(["none", "repeat", "skip"]), rng.randrange(1, 6)
    texts = {}
    for n, (_, i) in enumerate(sorted(headings.items(), key=lambda item: item[1])):
        shown = n + (n >= at) * (1 if slip == "skip" else -1)
        number = "" if slip == "none" else f"{CHINESE[shown]}、"
        texts[i] = NUMBERED.sub(number, _text(draft, i))
    return _renamed(draft, texts)


def _text(draft: Draft, i: int) -> str:
    block = draft.blocks[i]
    return block.text if isinstance(block, Block) else ""


def _renamed(draft: Draft, texts: dict[int, str], dropped: int = -1) -> Draft:
    return replace(
        draft,
        blocks=[
            replace(block, text=texts[i]) if i in texts and isinstance(block, Block) else block
            for i, block in enumerate(draft.blocks)
            if i != dropped
        ],
    )


def half_a_report(draft: Draft, rng: Random) -> Draft:
    """End after one of the first chapters."""
    last = rng.randint(1, 4)
    kept = {"title", "preface", *CHAPTERS[:last]}
    blocks = [block for block in draft.blocks if block.section in kept]
    return replace(draft, blocks=blocks, problems=(), improvements=())


def missing_table(draft: Draft, rng: Random) -> Draft:
    """Print 无 or nothing in place of a table."""
    tables = [i for i, block in enumerate(draft.blocks) if isinstance(block, TableBlock)]
    if not tables:
        return draft
    gone = rng.choice(tables)
    text = rng.choice(knowledge("phrases/figures")["instead_of_table"])
    instead: Blocks = [Block(text, "narrative", draft.blocks[gone].section)] if text else []
    return replace(draft, blocks=draft.blocks[:gone] + instead + draft.blocks[gone + 1 :])


def heading_runs_in(draft: Draft, rng: Random) -> Draft:
    """Glue the heading of a chapter to the paragraph after it: `一、总体情况 2023年，…`."""
    between = rng.choice(["", " ", "　　", "\u00a0\u00a0"])
    blocks: Blocks = []
    headings = set(chapter_headings(draft).values())
    for i, block in enumerate(draft.blocks):
        before = blocks[-1] if blocks else None
        if i - 1 in headings and _is(before, "heading") and _is(block, "narrative"):
            blocks[-1] = replace(block, text=before.text + between + block.text)
        else:
            blocks.append(block)
    return replace(draft, blocks=blocks)


def _is(block: Block | TableBlock | None, label: str) -> TypeGuard[Block]:
    return isinstance(block, Block) and block.label == label


def paragraphs_merged(draft: Draft, rng: Random) -> Draft:
    """Run the paragraphs of a chapter together into one line."""
    between = rng.choice(["", " ", "　　"])
    chapter = rng.choice(["overview", "problems_and_improvements"])
    blocks: Blocks = []
    for block in draft.blocks:
        before = blocks[-1] if blocks else None
        if (
            _is(before, "narrative")
            and _is(block, "narrative")
            and block.section == before.section == chapter
        ):
            blocks[-1] = replace(before, text=before.text + between + block.text)
        else:
            blocks.append(block)
    return replace(draft, blocks=blocks)


def table_of_contents(draft: Draft, rng: Random) -> Draft:
    """Print the headings of the chapters with their pages before the preface."""
    leader = rng.choice(["……………………", "............................", " ", "\t"])
    headings = sorted(chapter_headings(draft).values())
    listed = [_text(draft, i).strip("*# ") for i in headings if _is(draft.blocks[i], "heading")]
    entries: Blocks = [
        Block(f"{text}{leader}{n}", "furniture", "title") for n, text in enumerate(listed, rng.choice([1, 2]))
    ]
    at = sum(1 for block in draft.blocks if block.section == "title")
    return replace(draft, blocks=draft.blocks[:at] + entries + draft.blocks[at:])


def bold_marks(draft: Draft, rng: Random) -> Draft:
    """Leave the marks of Markdown around run-in headings and headings."""
    whole = re.compile(shape("point_with_title", "generated"))

    def marked(block: Block) -> str:
        if block.label == "heading":
            return f"**{block.text}**" if rng.random() < 0.5 else block.text
        return whole.sub(r"**\1**", block.text)

    return each(draft, marked)


def heading_marks(draft: Draft, rng: Random) -> Draft:
    """Leave the marks of Markdown before or around every heading: `## 一、总体情况`."""
    first, deeper = rng.choice(
        [("## {}", "### {}"), ("# {}", "## {}"), ("**{}**", "**{}**"), ("## {}", "{}")]
    )
    chapters = {draft.blocks[i] for i in chapter_headings(draft).values() if _is(draft.blocks[i], "heading")}

    def marked(block: Block) -> str:
        if block.label != "heading":
            return block.text
        return (first if block in chapters or block.section == "title" else deeper).format(block.text)

    return each(draft, marked)


def bookmarks(draft: Draft, rng: Random) -> Draft:
    """Leave a bookmark of Word at the start of one paragraph."""
    at = rng.choice([i for i, block in enumerate(draft.blocks) if isinstance(block, Block)])
    residue = rng.choice(["[bookmark: _GoBack]", "[bookmark: _GoBack]", "[bookmark: _Toc{}]"])
    return _renamed(draft, {at: residue.format(rng.randint(10**7, 10**8)) + _text(draft, at)})


def markup(draft: Draft, rng: Random) -> Draft:
    """Leave bits of HTML or of a machine translation in the prose."""
    bit = rng.choice(
        [("。", "。<br>"), ("，", "，&nbsp;"), ("和", " and "), ("。", "。</p>"), ("、", "、<u></u>")]
    )

    def with_bits(block: Block) -> str:
        return block.text.replace(*bit, 1) if rng.random() < 0.2 else block.text

    return each(draft, with_bits)


def tool_lines(draft: Draft, rng: Random) -> Draft:
    """Leave lines that a converter writes: images, comments, rules."""
    blocks = list(draft.blocks)
    for _ in range(rng.choice([1, 1, 2, 3])):
        text = rng.choice(rules("chrome")["tool_line"]).replace("{mailname}", "img1").replace("{page}", "1")
        at = rng.randrange(len(blocks) + 1)
        blocks.insert(at, Block(text, "furniture", blocks[min(at, len(blocks) - 1)].section))
    return replace(draft, blocks=blocks)


def each(draft: Draft, rewrite: Callable[[Block], str]) -> Draft:
    """Return a draft with every paragraph and heading rewritten."""
    return replace(
        draft,
        blocks=[
            replace(block, text=rewrite(block)) if isinstance(block, Block) else block
            for block in draft.blocks
        ],
    )
