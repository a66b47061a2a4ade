"""Noise in the chapters of a drafted report: headings lost, renumbered or run in, parts missing or merged."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random
from typing import TypeGuard

from nlp.record.model import CHAPTERS
from nlp.resources import knowledge
from nlp.text.enumerators import shape
from training.generator.drafting import Draft
from training.generator.listing import CHINESE
from training.generator.noise.damage import Damage
from training.generator.page import Block, Blocks, TableBlock

CHAPTER_NUMBER = re.compile(shape("chapter", "generated"))
PART_NUMBER = re.compile(shape("part", "generated"))


def chapter_headings(draft: Draft) -> dict[str, int]:
    """Return the position of the heading of each chapter among the blocks, by the chapter's kind."""
    positions: dict[str, int] = {}
    for i, block in enumerate(draft.blocks):
        if block.section in CHAPTERS:
            positions.setdefault(block.section, i)
    return positions


def with_texts(draft: Draft, texts: dict[int, str]) -> Draft:
    """Return a draft in which the paragraphs at some positions have other texts."""
    blocks = list(draft.blocks)
    for i, text in texts.items():
        block = blocks[i]
        if isinstance(block, Block):
            blocks[i] = replace(block, text=text)
    return replace(draft, blocks=blocks)


def _without(draft: Draft, position: int) -> Draft:
    return replace(draft, blocks=draft.blocks[:position] + draft.blocks[position + 1 :])


def numbering_restarts(draft: Draft, rng: Random) -> Draft:
    """Number the parts of the overview by 一、二、… and begin again with 一、 at the tables.

    Seven in ten of these reports lack the heading of the overview.
    """
    headings = chapter_headings(draft)
    overview_headings = []
    for i, block in enumerate(draft.blocks):
        if block.section == "overview" and _has_label(block, "heading"):
            overview_headings.append(i)
    parts = overview_headings[1:]
    if not parts or not PART_NUMBER.match(draft.text(parts[0])):
        return draft
    texts = {}
    for n, i in enumerate(parts):
        texts[i] = f"{CHINESE[n]}、" + PART_NUMBER.sub("", draft.text(i))
    for n, kind in enumerate(CHAPTERS[1:]):
        i = headings[kind]
        texts[i] = CHAPTER_NUMBER.sub(f"{CHINESE[n]}、", draft.text(i))
    renumbered = with_texts(draft, texts)
    return _without(renumbered, headings["overview"]) if rng.random() < 0.7 else renumbered


def numbering_slips(draft: Draft, rng: Random) -> Draft:
    """Leave the numbers of chapters out, repeat one number, or skip one."""
    slip = rng.choice(["none", "repeat", "skip"])
    first_wrong = rng.randrange(1, 6)
    texts = {}
    for n, i in enumerate(sorted(chapter_headings(draft).values())):
        shown = n
        if n >= first_wrong:
            shown = n + 1 if slip == "skip" else n - 1
        number = "" if slip == "none" else f"{CHINESE[shown]}、"
        texts[i] = CHAPTER_NUMBER.sub(number, draft.text(i))
    return with_texts(draft, texts)


def lost_heading(draft: Draft, rng: Random) -> Draft:
    """Lose the heading of a chapter that begins with a table or a sub-heading."""
    candidates = [i for i in chapter_headings(draft).values() if _can_be_lost(draft.blocks, i)]
    if not candidates:
        return draft
    return _without(draft, rng.choice(candidates))


def _can_be_lost(blocks: Blocks, heading: int) -> bool:
    """Return whether a table or a sub-heading of the same chapter follows its heading."""
    if heading + 1 == len(blocks):
        return False
    after = blocks[heading + 1]
    if after.section != blocks[heading].section:
        return False
    return isinstance(after, TableBlock) or after.label == "heading"


def heading_runs_in(draft: Draft, rng: Random) -> Draft:
    """Join the heading of a chapter and the paragraph after it: `一、总体情况 2023年，…`."""
    between = rng.choice(["", " ", "　　", "\u00a0\u00a0"])
    headings = set(chapter_headings(draft).values())
    blocks: Blocks = []
    for i, block in enumerate(draft.blocks):
        before = blocks[-1] if i - 1 in headings else None
        if _has_label(before, "heading") and _has_label(block, "narrative"):
            blocks[-1] = replace(block, text=before.text + between + block.text)
        else:
            blocks.append(block)
    return replace(draft, blocks=blocks)


def paragraphs_merged(draft: Draft, rng: Random) -> Draft:
    """Join neighbouring paragraphs of one chapter into one line."""
    between = rng.choice(["", " ", "　　"])
    chapter = rng.choice(["overview", "problems_and_improvements"])
    blocks: Blocks = []
    for block in draft.blocks:
        before = blocks[-1] if blocks and blocks[-1].section == block.section == chapter else None
        if _has_label(before, "narrative") and _has_label(block, "narrative"):
            blocks[-1] = replace(before, text=before.text + between + block.text)
        else:
            blocks.append(block)
    return replace(draft, blocks=blocks)


def _has_label(block: Block | TableBlock | None, label: str) -> TypeGuard[Block]:
    return isinstance(block, Block) and block.label == label


def table_of_contents(draft: Draft, rng: Random) -> Draft:
    """Print the headings of the chapters with their page numbers below the title."""
    leader = rng.choice(["……………………", "............................", " ", "\t"])
    page_number = rng.choice([1, 2])
    entries: Blocks = []
    for i in sorted(chapter_headings(draft).values()):
        if _has_label(draft.blocks[i], "heading"):
            title = draft.text(i).strip("*# ")
            entries.append(Block(f"{title}{leader}{page_number}", "furniture", "title"))
            page_number += 1
    title_end = sum(block.section == "title" for block in draft.blocks)
    return replace(draft, blocks=draft.blocks[:title_end] + entries + draft.blocks[title_end:])


def half_a_report(draft: Draft, rng: Random) -> Draft:
    """End the report after one of its first four chapters."""
    last = rng.randint(1, 4)
    kept = {"title", "preface", *CHAPTERS[:last]}
    blocks = [block for block in draft.blocks if block.section in kept]
    return replace(draft, blocks=blocks, problems=(), improvements=())


def missing_table(draft: Draft, rng: Random) -> Draft:
    """Print 无, a sentence or nothing in place of a table."""
    tables = [i for i, block in enumerate(draft.blocks) if isinstance(block, TableBlock)]
    if not tables:
        return draft
    position = rng.choice(tables)
    substitute = rng.choice(knowledge("phrases/figures")["instead_of_table"])
    if not substitute:
        return _without(draft, position)
    blocks = list(draft.blocks)
    blocks[position] = Block(substitute, "narrative", blocks[position].section)
    return replace(draft, blocks=blocks)


DAMAGES: tuple[Damage[Draft], ...] = (
    Damage("20_numbering_restarts", numbering_restarts, on_screen=0.03, on_paper=0.03),
    Damage("20_numbering_slips", numbering_slips, on_screen=0.03, on_paper=0.03),
    Damage("21_lost_heading", lost_heading, on_screen=0.03, on_paper=0.03),
    Damage("heading_runs_in", heading_runs_in, on_screen=0.015),
    Damage("paragraphs_merged", paragraphs_merged, on_screen=0.015, on_paper=0.015),
    Damage("table_of_contents", table_of_contents, on_screen=0.01, on_paper=0.01),
    Damage("half_a_report", half_a_report, on_screen=0.01, on_paper=0.01),
    Damage("missing_table", missing_table, on_screen=0.02, on_paper=0.02),
)
