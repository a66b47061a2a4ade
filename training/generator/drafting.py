"""A report drafted block by block: title, preface, six chapters, signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from nlp.form.form import Form
from nlp.record.model import CHAPTERS
from nlp.text.enumerators import shape
from training.generator.agencies import Agency
from training.generator.chapter_five import chapter_five
from training.generator.figures import Numbers
from training.generator.grammar import Phrases
from training.generator.grids import Grid
from training.generator.listing import CHINESE, PARTS, Chapter
from training.generator.overview import overview
from training.generator.page import Block, Blocks, TableBlock


@dataclass(frozen=True)
class Draft:
    """A report before it is laid out, with what is true of its prose."""

    organization: str
    blocks: Blocks
    problems: tuple[str, ...]
    improvements: tuple[tuple[str, tuple[int, ...]], ...]
    noise: tuple[str, ...]


def facts(agency: Agency, year: int, form: Form, numbers: Numbers, rng: Random) -> dict[str, str]:
    """Return what the phrases of one report agree on: names, years, the figures of its tables."""
    return {
        **agency.known(year),
        "we": rng.choice(agency.we),
        **_figures(form, numbers),
    }


def _figures(form: Form, numbers: Numbers) -> dict[str, str]:
    requests, rows = numbers["requests"], numbers["disclosure"]
    table = form.table("requests")
    totals = {row: cells[table.total] for row, cells in requests.items() if table.total}
    natural = requests["new_received"]["natural_person"]
    said = {
        "received": totals["new_received"],
        "natural": natural,
        "legal": totals["new_received"] - natural,
        "carried": totals["carried_over"],
        "answered": totals[table.total_row or ""],
        "granted": totals["granted"],
        "forward": totals["carried_forward"],
        "issued": next(iter(rows["normative_documents"].values())),
        "permits": rows["licensing"]["decisions"],
    }
    return {name: str(number) for name, number in said.items()}


Voice = Callable[[Random, dict[str, str]], Phrases]


def draft(
    agency: Agency, known: dict[str, str], tables: list[Grid], rng: Random, voice: Voice = Phrases
) -> Draft:
    """Write a report around its tables, in phrases of its own or those of a voice."""
    phrases = voice(rng, known)
    phrases.choices["topic"] = agency.topics
    chapter, habit = chapter_five(phrases)
    number = _numbering(rng)
    written = _Written(phrases, chapter, {grid.table: grid for grid in tables}, number)
    blocks: Blocks = [*_title(phrases), *_preface(phrases)]
    for i, kind in enumerate(CHAPTERS):
        blocks.append(Block(number(i, phrases(kind)), "heading", kind))
        blocks.extend(_chapter(kind, written))
    blocks.extend(_signature(phrases))
    noise = (*filter(None, (habit,)), *(kind for kind, seen in SEEN.items() if seen(blocks)))
    improvements = tuple((text, tuple(answers)) for text, answers in chapter.improvements)
    return Draft(agency.name, blocks, tuple(chapter.problems), improvements, noise)


@dataclass(frozen=True)
class _Written:
    phrases: Phrases
    five: Chapter
    tables: dict[str, Grid]
    number: Callable[[int, str], str]


def _no_title(blocks: Blocks) -> bool:
    return blocks[0].section != "title"


def _notes(blocks: Blocks) -> bool:
    return any(
        isinstance(table, TableBlock) and isinstance(note, Block) and note.label == "narrative"
        for table, note in pairwise(blocks)
    )


ODD_ENUMERATOR = re.compile(shape("odd", "generated"))


def _odd_enumerators(blocks: Blocks) -> bool:
    return any(isinstance(block, Block) and ODD_ENUMERATOR.search(block.text) for block in blocks)


SEEN: dict[str, Callable[[Blocks], bool]] = {
    "08_no_title": _no_title,
    "19_notes_under_tables": _notes,
    "30_enumerators": _odd_enumerators,
}
"""The kinds of noise that a draft may have by itself, and how they are told."""


def _numbering(rng: Random) -> Callable[[int, str], str]:
    """Choose how chapters are numbered: `一、总体情况`, with odd marks at times."""
    style = rng.choices(
        ["{}、{}", "{}、 {}", "{} 、{}", "{}.{}", "{}．{}", "第{}部分 {}", "{}，{}", "{}、{}："],
        [60, 3, 2, 1, 1, 1, 1, 2],
    )[0]
    return lambda i, title: style.format(CHINESE[i], title)


def _title(phrases: Phrases) -> list[Block]:
    """Return the title: in one line, in two, or without the agency."""
    rng = phrases.rng
    shape = rng.random()
    if shape < 0.06:
        return []
    if shape < 0.7:
        lines = [phrases("title")]
    elif shape < 0.94:
        lines = [phrases("org"), phrases("second_line")]
    else:
        lines = [phrases("bare_title")]
    return [Block(text, "heading", "title", "centre") for text in lines]


def _preface(phrases: Phrases) -> list[Block]:
    if phrases.rng.random() < 0.2:
        return []
    text = phrases("preface")
    if phrases.rng.random() < 0.06:
        contacts = phrases.several("contact_line", phrases.rng.choice([2, 3, 4]))
        return [Block(part, "narrative", "preface") for part in (text, *contacts)]
    cut = text.find("。") + 1
    if phrases.rng.random() < 0.15 and cut < len(text):
        return [Block(part, "narrative", "preface") for part in (text[:cut], text[cut:])]
    return [Block(text, "narrative", "preface")]


def _chapter(kind: str, written: _Written) -> Iterable[Block | TableBlock]:
    """Yield what stands under a chapter's heading."""
    if kind == "overview":
        yield from overview(written.phrases)
    elif kind == "problems_and_improvements":
        yield from written.five.blocks
    elif kind == "other_matters":
        yield from _other_matters(written.phrases)
    elif kind in written.tables:
        yield from _around(TableBlock(written.tables[kind]), written.phrases)


def _around(table: TableBlock, phrases: Phrases) -> Iterable[Block | TableBlock]:
    """Yield a table, at times with a sentence before it or a note under it (NOISE 19)."""
    if phrases.rng.random() < 0.06:
        yield Block(phrases(f"before_{table.section}"), "narrative", table.section)
    if phrases.rng.random() < 0.02:
        yield Block(phrases("unit"), "table_row", table.section, "right")
    yield table
    if phrases.rng.random() < 0.04:
        yield Block(phrases("note"), "narrative", table.section)


def _other_matters(phrases: Phrases) -> Iterable[Block]:
    rng = phrases.rng
    if rng.random() < 0.5:
        texts = [phrases("nothing")]
    else:
        texts = [phrases("fee")] if rng.random() < 0.6 else []
        texts += phrases.distinct("matter", rng.choice([0, 1, 1, 2])) if texts else [phrases("matter")]
        if len(texts) > 1 and rng.random() < 0.5:
            texts = [f"{PARTS[rng.choice([0, 4])](i)}{text}" for i, text in enumerate(texts)]
    for text in texts if rng.random() < 0.6 else ["".join(texts)]:
        yield Block(text, "narrative", "other_matters")


def _signature(phrases: Phrases) -> list[Block]:
    if phrases.rng.random() < 0.85:
        return []
    texts = [phrases("org"), phrases("signature_date")]
    if phrases.rng.random() < 0.3:
        texts.insert(0, phrases("attachment"))
    return [Block(text, "narrative", "other_matters", "right") for text in texts]
