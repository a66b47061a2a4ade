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
from training.generator.listing import CHINESE, PARTS
from training.generator.overview import overview
from training.generator.page import Block, Blocks, TableBlock


@dataclass(frozen=True)
class Draft:
    """A report before it is laid out into lines, with the items of its prose.

    Each of `improvements` is a measure with the positions in `problems` of the problems that it answers.
    `noise` names the kinds of noise that the draft shows.
    """

    organization: str
    blocks: Blocks
    problems: tuple[str, ...]
    improvements: tuple[tuple[str, tuple[int, ...]], ...]
    noise: tuple[str, ...]

    def text(self, position: int) -> str:
        """Return the text of the block at a position, "" for a table."""
        block = self.blocks[position]
        return block.text if isinstance(block, Block) else ""

    def grids(self) -> list[Grid]:
        """Return the tables of the report."""
        return [block.grid for block in self.blocks if isinstance(block, TableBlock)]


def facts(agency: Agency, year: int, form: Form, numbers: Numbers, rng: Random) -> dict[str, str]:
    """Return the facts that the phrases of one report share: names, years, the figures of its tables."""
    names_and_years = agency.facts(year)
    word_for_itself = {"we": rng.choice(agency.we)}
    return {**names_and_years, **word_for_itself, **_figures(form, numbers)}


def _figures(form: Form, numbers: Numbers) -> dict[str, str]:
    """Return the numbers of the tables that prose speaks of, in digits, by the names that phrases use."""
    requests = numbers["requests"]
    disclosure = numbers["disclosure"]
    table = form.table("requests")
    totals = {row: cells[table.total] for row, cells in requests.items() if table.total}
    natural_persons = requests["new_received"]["natural_person"]
    first_column_of_documents = next(iter(disclosure["normative_documents"].values()))
    figures = {
        "received": totals["new_received"],
        "natural": natural_persons,
        "legal": totals["new_received"] - natural_persons,
        "carried": totals["carried_over"],
        "answered": totals[table.total_row or ""],
        "granted": totals["granted"],
        "forward": totals["carried_forward"],
        "issued": first_column_of_documents,
        "permits": disclosure["licensing"]["decisions"],
    }
    return {name: str(number) for name, number in figures.items()}


PhrasesMaker = Callable[[Random, dict[str, str]], Phrases]
"""Makes the phrases of a report from its random numbers and its facts."""


def draft(
    agency: Agency,
    facts: dict[str, str],
    tables: list[Grid],
    rng: Random,
    make_phrases: PhrasesMaker = Phrases,
) -> Draft:
    """Return a report written around its tables."""
    phrases = make_phrases(rng, facts)
    phrases.choices["topic"] = agency.topics
    chapter, kind_of_noise = chapter_five(phrases)
    grids = {grid.table: grid for grid in tables}
    heading_pattern = _heading_pattern(rng)
    agency_in_text = rng.random() < AGENCY_IN_TEXT
    blocks: Blocks = _announced(phrases) if agency_in_text else [*_title(phrases), *_preface(phrases)]
    for i, kind in enumerate(CHAPTERS):
        heading = heading_pattern.format(CHINESE[i], phrases(kind))
        blocks.append(Block(heading, "heading", kind))
        if kind == "overview":
            blocks.extend(overview(phrases))
        elif kind == "problems_and_improvements":
            blocks.extend(chapter.blocks)
        elif kind == "other_matters":
            blocks.extend(_other_matters(phrases))
        elif kind in grids:
            blocks.extend(_table_with_notes(TableBlock(grids[kind]), phrases))
    blocks.extend(_signature(phrases))
    noise = [kind_of_noise] if kind_of_noise else []
    noise += [kind for kind, shows in SEEN.items() if shows(blocks)]
    if agency_in_text:
        noise.append(IN_TEXT)
    improvements = [(text, tuple(answers)) for text, answers in chapter.improvements]
    return Draft(agency.name, blocks, tuple(chapter.problems), tuple(improvements), tuple(noise))


AGENCY_IN_TEXT = 0.03
"""The share of reports that name their agency in the preface alone."""
IN_TEXT = "53_agency_in_text"
"""The kind of noise that this is."""


def _announced(phrases: Phrases) -> Blocks:
    """Return a title without the agency, and a preface that says whose report it is."""
    title = Block(phrases("bare_title"), "heading", "title", "centre")
    text = phrases("announced") + (phrases("period") if phrases.rng.random() < 0.5 else "")
    return [title, Block(text, "narrative", "preface")]


def _has_no_title(blocks: Blocks) -> bool:
    return blocks[0].section != "title"


def _has_notes_under_tables(blocks: Blocks) -> bool:
    for before, block in pairwise(blocks):
        if isinstance(before, TableBlock) and isinstance(block, Block) and block.label == "narrative":
            return True
    return False


ODD_ENUMERATOR = re.compile(shape("odd", "generated"))


def _has_odd_enumerators(blocks: Blocks) -> bool:
    return any(isinstance(block, Block) and ODD_ENUMERATOR.search(block.text) for block in blocks)


SEEN: dict[str, Callable[[Blocks], bool]] = {
    "08_no_title": _has_no_title,
    "19_notes_under_tables": _has_notes_under_tables,
    "30_enumerators": _has_odd_enumerators,
}
"""The kinds of noise that a draft may show by itself, each with the function that tells whether it does."""


def _heading_pattern(rng: Random) -> str:
    """Draw the pattern of chapter headings, mostly `{}、{}` for number and title, at times odd marks."""
    patterns = ["{}、{}", "{}、 {}", "{} 、{}", "{}.{}", "{}．{}", "第{}部分 {}", "{}，{}", "{}、{}："]
    return rng.choices(patterns, [60, 3, 2, 1, 1, 1, 1, 2])[0]


def _title(phrases: Phrases) -> list[Block]:
    """Return the title: in one line, in two, without the agency, or none."""
    shape = phrases.rng.random()
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
    """Return the preface: none, one paragraph, two, or one with lines of addresses and telephone numbers."""
    rng = phrases.rng
    if rng.random() < 0.2:
        return []
    text = phrases("preface")
    paragraphs = [text]
    if rng.random() < 0.06:
        paragraphs += phrases.several("contact_line", rng.choice([2, 3, 4]))
    else:
        first_sentence_end = text.find("。") + 1
        if rng.random() < 0.15 and first_sentence_end < len(text):
            paragraphs = [text[:first_sentence_end], text[first_sentence_end:]]
    return [Block(paragraph, "narrative", "preface") for paragraph in paragraphs]


def _table_with_notes(table: TableBlock, phrases: Phrases) -> Iterable[Block | TableBlock]:
    """Yield a table, at times with a sentence or a unit above it, or a note under it."""
    if phrases.rng.random() < 0.06:
        yield Block(phrases(f"before_{table.section}"), "narrative", table.section)
    if phrases.rng.random() < 0.02:
        yield Block(phrases("unit"), "table_row", table.section, "right")
    yield table
    if phrases.rng.random() < 0.04:
        yield Block(phrases("note"), "narrative", table.section)


def _other_matters(phrases: Phrases) -> list[Block]:
    """Return the last chapter: nothing to report, or fees and other matters, numbered or not."""
    rng = phrases.rng
    if rng.random() < 0.5:
        texts = [phrases("nothing")]
    else:
        texts = _matters(phrases)
        if len(texts) > 1 and rng.random() < 0.5:
            texts = [PARTS[rng.choice([0, 4])](i) + text for i, text in enumerate(texts)]
    if rng.random() >= 0.6:
        texts = ["".join(texts)]
    return [Block(text, "narrative", "other_matters") for text in texts]


def _matters(phrases: Phrases) -> list[str]:
    rng = phrases.rng
    if rng.random() >= 0.6:
        return [phrases("matter")]
    fee = phrases("fee")
    return [fee, *phrases.distinct("matter", rng.choice([0, 1, 1, 2]))]


def _signature(phrases: Phrases) -> list[Block]:
    """Return agency and date at the end, at times below a line on an attachment; most reports have none."""
    if phrases.rng.random() < 0.85:
        return []
    texts = [phrases("org"), phrases("signature_date")]
    if phrases.rng.random() < 0.3:
        texts.insert(0, phrases("attachment"))
    return [Block(text, "narrative", "other_matters", "right") for text in texts]
