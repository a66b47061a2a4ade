"""Noise in chapters: odd numbers, tables that are pictures, a period left over, a torn end."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from nlp.text.enumerators import NUMERALS
from training.generator.drafting import Draft
from training.generator.listing import CHINESE
from training.generator.noise.chapters import CHAPTER_NUMBER, chapter_headings, with_texts
from training.generator.noise.damage import Damage
from training.generator.page import Block, Blocks, TableBlock

_NUMERAL = re.compile(rf"^([（(]?)[{NUMERALS}]+(?=[、）)])")
_PERIOD = re.compile(r"(20\d\d)(?=年(?:1月1日|12月31日))")


def chapters_in_brackets(draft: Draft, rng: Random) -> Draft:
    """Number the chapters （一）…（六）, or by letters."""
    pattern = rng.choice(["（{}）", "（{}）", "({})", "letters"])
    texts = {}
    for n, place in enumerate(sorted(chapter_headings(draft).values())):
        number = f"{'ABCDEF'[n]}." if pattern == "letters" else pattern.format(CHINESE[n])
        texts[place] = CHAPTER_NUMBER.sub(number, draft.text(place))
    return with_texts(draft, texts)


def numerals_lost(draft: Draft, rng: Random) -> Draft:
    """Lose the numerals of chapters and parts: `、总体情况`, `()主动公开情况`."""
    blocks: Blocks = []
    for block in draft.blocks:
        if isinstance(block, Block) and block.label == "heading" and block.section != "title":
            block = replace(block, text=re.sub(rf"^([（(]?)[{NUMERALS}]+(?=[、）)])", r"\1", block.text))
        blocks.append(block)
    return replace(draft, blocks=blocks)


def tables_as_pictures(draft: Draft, rng: Random) -> Draft:
    """Leave the chapters of the tables empty, or with what a converter says of a picture."""
    said = rng.choice(["", "", "", "[图片]", "![](images/1.png)"])
    blocks: Blocks = []
    for block in draft.blocks:
        if isinstance(block, Block):
            blocks.append(block)
        elif said:
            blocks.append(Block(said, "furniture", block.section))
    return replace(draft, blocks=blocks)


def period_left_over(draft: Draft, rng: Random) -> Draft:
    """Give the period of the year before in the preface, as it was left over from the last report."""
    texts = {}
    for place, block in enumerate(draft.blocks):
        if isinstance(block, Block) and block.section == "preface":
            texts[place] = _PERIOD.sub(lambda year: str(int(year.group()) - 1), block.text)
    return with_texts(draft, texts)


def sentence_cut(draft: Draft, rng: Random) -> Draft:
    """End the report in the middle of the last sentence of the last chapter."""
    last = draft.blocks[-1]
    if isinstance(last, TableBlock) or last.section != "other_matters" or len(last.text) < 12:
        return draft
    cut = rng.randint(6, len(last.text) - 4)
    return with_texts(draft, {len(draft.blocks) - 1: last.text[:cut]})


DAMAGES: tuple[Damage[Draft], ...] = (
    Damage("55_tables_as_pictures", tables_as_pictures, on_screen=0.01),
    Damage("58_period_left_over", period_left_over, on_screen=0.01, on_paper=0.01),
    Damage("61_chapters_in_brackets", chapters_in_brackets, on_screen=0.015, on_paper=0.01),
    Damage("61_numerals_lost", numerals_lost, on_screen=0.01),
    Damage("62_sentence_cut", sentence_cut, on_screen=0.03),
)
