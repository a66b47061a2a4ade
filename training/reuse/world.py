"""Made-up agencies that report year after year, each report written anew: nothing in them is copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import Any

from nlp.form.form import editions, for_year
from nlp.record.model import SCHEMA
from training.generator.agencies import Agency, agencies
from training.generator.drafting import draft, facts
from training.generator.figures import numbers
from training.generator.grammar import Phrases
from training.generator.page import Block

YEARS = (2019, 2020, 2021, 2022, 2023)


@dataclass
class Part:
    """A chapter or a part of the overview: its paragraphs. `part` is empty for a chapter's own text."""

    chapter: str
    part: str
    paragraphs: list[str] = field(default_factory=list)


@dataclass
class MadeUp:
    """A report before it is written as a record; what is planted changes it."""

    agency: Agency
    year: int
    parts: list[Part]
    problems: list[str]
    measures: list[str]
    done: list[str] = field(default_factory=list)
    """Measures that report on the year before."""

    @property
    def id(self) -> str:
        return sha256(f"{self.agency.name}/{self.year}".encode()).hexdigest()[:16]

    def overview(self) -> list[Part]:
        """Return the parts of the overview that have text."""
        return [part for part in self.parts if part.chapter == "overview" and part.paragraphs]

    def record(self) -> dict[str, Any]:
        """Return the record that the report would be read as, without its tables."""
        lines = 1
        sections: list[dict[str, Any]] = []
        for part in self.parts:
            first = lines + 1
            lines += 1 + len(part.paragraphs)
            text = "\n".join(part.paragraphs)
            entry = {"kind": part.chapter, "title": "", "level": 1, "lines": [first, lines], "text": text}
            if part.part and sections and sections[-1]["kind"] == part.chapter:
                entry |= {"kind": part.part, "level": 2}
                sections[-1].setdefault("sections", []).append(entry)
                sections[-1]["text"] += "\n" + text
                sections[-1]["lines"][1] = lines
            else:
                sections.append(entry)
        items: dict[str, list[dict[str, Any]]] = {"problems": [], "improvements": []}
        listed = [("problems", text, False) for text in self.problems]
        listed += [("improvements", text, True) for text in self.done]
        listed += [("improvements", text, False) for text in self.measures]
        chapter_text = []
        for kind, text, of_last_year in listed:
            lines += 1
            item: dict[str, Any] = {
                "text": text,
                "lines": [lines, lines],
                "span": [1000 * lines, 1000 * lines + 1],
            }
            if of_last_year:
                item["of_last_year"] = True
            items[kind].append(item)
            chapter_text.append(text + "。")
        if chapter_text:
            span = [lines - len(chapter_text) + 1, lines]
            sections.append(
                {
                    "kind": "problems_and_improvements",
                    "title": "",
                    "level": 1,
                    "lines": span,
                    "text": "\n".join(chapter_text),
                }
            )
        path = f"{self.agency.name}/{self.year}.txt"
        return {
            "schema": SCHEMA,
            "id": self.id,
            "source": {"name": f"{self.year}.txt", "path": path, "sha256": self.id * 4},
            "organization": self.agency.name,
            "organization_confidence": 0.99,
            "year": self.year,
            "year_confidence": 0.99,
            "sections": sections,
            **items,
        }


def world(seed: int, agency_count: int, years: tuple[int, ...] = YEARS) -> list[MadeUp]:
    """Return the reports of so many agencies for some years, those of one agency beside each other.

    >>> [report.year for report in world(1, 1)]
    [2019, 2020, 2021, 2022, 2023]
    """
    every = agencies()
    chosen = Random(f"reuse/{seed}").sample(every, min(agency_count, len(every)))
    return list(_reports(seed, chosen, years))


def _reports(seed: int, chosen: list[Agency], years: tuple[int, ...]) -> Iterator[MadeUp]:
    for agency in chosen:
        for year in years:
            yield made_up(agency, year, Random(f"reuse/{seed}/{agency.name}/{year}"))


def made_up(agency: Agency, year: int, rng: Random) -> MadeUp:
    """Return a report of an agency for a year, drafted as those are that the line model learns from."""
    form = for_year(year) or editions()[-1]
    known = facts(agency, year, form, numbers(form, rng, agency.scale), rng)
    written = draft(agency, known, [], rng, Phrases)
    parts: list[Part] = []
    for block in written.blocks:
        if not isinstance(block, Block) or block.section in ("title", "problems_and_improvements"):
            continue
        is_new_chapter = not parts or parts[-1].chapter != block.section
        if is_new_chapter:
            parts.append(Part(block.section, ""))
        if block.label == "heading":
            if not is_new_chapter:
                parts.append(Part(block.section, "other"))
            continue
        parts[-1].paragraphs.append(block.text)
    measures = [text for text, _ in written.improvements]
    return MadeUp(agency, year, parts, list(written.problems), measures)
