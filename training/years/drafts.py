"""The report of an agency for a year before it is laid out: what it says, and the faults in what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from nlp.agencies.divisions import full_name, place_of
from training.generator.agencies import Agency
from training.generator.drafting import Draft, draft, facts
from training.generator.figures import Numbers
from training.generator.grammar import Phrases
from training.generator.grids import grids, spelling
from training.generator.page import Block
from training.generator.printing import Figures, printed
from training.generator.worlds import UNSEEN
from training.years import sentences
from training.years.offices import Office
from training.years.yearly import form_of

_COPIED_OF = ("overview", "problems_and_improvements")
"""The chapters that are copied from."""
_COPIED_FROM = 100
"""A paragraph that is copied has so many characters at least."""


@dataclass(frozen=True)
class Written:
    """A drafted report, its figures as printed, and the words that fill its sentences."""

    draft: Draft
    figures: Figures
    words: dict[str, str]
    year: int

    def fill(self, text: str, year: int = 0) -> str:
        """Fill the words of a sentence in; `year` is another year than the report's."""
        now = year or self.year
        for name, word in {**self.words, "year": str(now), "last": str(now - 1)}.items():
            text = text.replace("{" + name + "}", word)
        return text

    def with_paragraph(self, text: str, rng: Random, first: bool = False) -> Written:
        """Return the report with a paragraph in its overview, before all others or after one of them."""
        blocks = list(self.draft.blocks)
        places = [
            n for n, block in enumerate(blocks) if block.section == "overview" and isinstance(block, Block)
        ]
        place = places[0] + 1 if first else rng.choice(places) + 1
        blocks.insert(place, Block(text, "narrative", "overview"))
        return replace(self, draft=replace(self.draft, blocks=blocks))

    def with_preface(self, text: str) -> Written:
        """Return the report with a paragraph before its first chapter."""
        blocks = list(self.draft.blocks)
        place = next(n for n, block in enumerate(blocks) if block.section == "overview")
        blocks.insert(place, Block(text, "narrative", "preface"))
        return replace(self, draft=replace(self.draft, blocks=blocks))

    def without_period(self) -> Written:
        """Return the report without paragraphs that tell its period."""
        blocks = [
            block
            for block in self.draft.blocks
            if not (isinstance(block, Block) and block.section == "preface" and _says("period", block.text))
        ]
        return replace(self, draft=replace(self.draft, blocks=blocks))

    def paragraphs(self) -> list[str]:
        """Return the paragraphs that may be copied: numbers would be wrong ones of another report."""
        texts = [
            block.text
            for block in self.draft.blocks
            if isinstance(block, Block) and block.section in _COPIED_OF and block.label == "narrative"
        ]
        return [text for text in texts if len(text) >= _COPIED_FROM and not _says("numbers", text)]

    def entitled(self, year: int) -> Written:
        """Return the report with a year in its title, the rest as it is."""
        blocks = list(self.draft.blocks)
        for n, block in enumerate(blocks):
            if isinstance(block, Block) and block.section == "title":
                blocks[n] = replace(block, text=block.text.replace(str(self.year), str(year)))
        return replace(self, draft=replace(self.draft, blocks=blocks))


def written(office: Office, year: int, numbers: Numbers, printed_like: int) -> Written:
    """Return the report for a year, without faults of its own; figures are printed as those of a year are."""
    rng = Random(f"{office.number}/{year}/draft")
    figures, _ = printed(numbers, Random(f"{office.number}/{printed_like}/print"))
    form = form_of(year)
    agency = _agency(office, year, rng)
    words = facts(agency, year, form, numbers, rng)
    tables = grids(form, figures, spelling(form, rng, UNSEEN), rng)
    made = draft(agency, words, tables, rng, partial(Phrases, world=UNSEEN))
    full = full_name(office.name(year).place)
    told = Written(_with_title(made, agency.name, year), figures, {"we": words["we"], "full": full}, year)
    told = told.with_paragraph(told.fill("".join(_right(figures, rng))), rng)
    if rng.random() < 0.3:
        told = told.with_preface(told.fill(rng.choice(sentences.told()["another_year"]["periods"])))
    if rng.random() < 0.5:
        told = told.with_preface(
            told.fill(sentences.with_numbers(rng.choice(sentences.told()["address"]["texts"]), rng))
        )
    return told


def _says(what: str, text: str) -> bool:
    """Return whether a paragraph says the period of its report, or numbers."""
    return bool(re.search(sentences.told()["paragraphs"][what], text))


def _right(figures: Figures, rng: Random) -> list[str]:
    """Return sentences that say what the tables hold, among others with numbers."""
    made = sentences.claims(figures)
    chosen = rng.sample(made, min(len(made), rng.choice([1, 2, 3])))
    texts = [sentences.sentence(claim, number, rng) for claim, number in chosen]
    texts += sentences.other_numbers(rng.choice([1, 2, 3]), rng)
    rng.shuffle(texts)
    return texts


def _agency(office: Office, year: int, rng: Random) -> Agency:
    """Return the agency as the phrases of the generator name it."""
    names = office.name(year)
    province, _, county = place_of(names.place)
    unit = (county or "县")[-1]
    trade = rng.choice(UNSEEN.file("trades")["trade"])
    return Agency(
        name=office.printed(year),
        short=(county or "") + names.body,
        place=full_name(names.place),
        province=province or "",
        leaders=f"{unit}委、{unit}政府",
        we=("我局", "本局") if names.body.endswith("局") else ("本机关", "我单位"),
        topics=tuple(trade["topics"]),  # type: ignore[index]
        scale=1.0,
    )


def _with_title(made: Draft, name: str, year: int) -> Draft:
    """Return a draft whose title says whose report it is, and for which year."""
    titles = [block.text for block in made.blocks if isinstance(block, Block) and block.section == "title"]
    said = "".join(titles)
    if name in said and str(year) in said:
        return made
    blocks = [block for block in made.blocks if block.section != "title"]
    title = Block(f"{name}{year}年政府信息公开工作年度报告", "heading", "title", "centre")
    return replace(made, blocks=[title, *blocks])
