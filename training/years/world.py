"""The whole world: agencies, their numbers over years, faults planted among them, and the pages of it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from training.years import planting, sentences
from training.years.drafts import Written, written
from training.years.offices import Office, offices
from training.years.pages import page
from training.years.yearly import over_years, together, total_of_requests

Key = tuple[str, int, int]
"""A fault: its kind, the number of the agency, the year of the report that shows it."""

PERIOD_LEFT = "58_period_left_over"
"""The kind of damage of the generator that is a fault here as well: last year's period in the preface."""
SHARES = {
    "carried_over": 0.0875,
    "in_force": 0.0875,
    "previous_items": 0.05,
    "another_years_data": 0.0625,
    "broken_sum": 0.075,
    "same_report": 0.0625,
    "same_file": 0.0375,
}
"""The share of agencies that have a fault of a kind in one year; none of them has two of these."""
IN_PROSE = {
    "claim": 0.15,
    "claim_fresh": 0.2,
    "contradiction": 0.05,
    "another_year_in_prose": 0.075,
    "copied_from_other": 0.1,
    "copied_from_last": 0.1,
    "name_left": 0.1,
    "year_left": 0.075,
    "claim_newest": 0.2,
    "contradiction_newest": 0.05,
}
"""The share of agencies whose prose has a fault in one year, whatever else they have."""


@dataclass(frozen=True)
class PageFile:
    """A page of the world: where it lies, what it holds, whose it is, and the year that it lies under."""

    path: str
    content: bytes
    office: int
    year: int


@dataclass
class World:
    """A world of agencies and years.

    `faults` are those that can be seen on pages, with the text where one was planted in prose; `unseen`
    counts by kind those whose cells are not printed, or in a table that the page has as a picture, or not.
    """

    seed: int
    years: tuple[int, ...]
    offices: list[Office]
    told: dict[int, planting.Yearly] = field(default_factory=dict)
    faults: dict[Key, str] = field(default_factory=dict)
    unseen: dict[str, int] = field(default_factory=dict)
    cells: dict[Key, planting.Cells] = field(default_factory=dict)

    def wholes(self) -> Iterator[tuple[Office, list[Office]]]:
        """Yield each government whose report adds its offices up, with these."""
        by_place: dict[int, list[Office]] = {}
        for office in self.offices:
            by_place.setdefault(office.place, []).append(office)
        for place, within in by_place.items():
            complete = all(office.years == self.years for office in within)
            plain = not any(len({name.place for name in office.names}) > 1 for office in within)
            if place % 2 == 0 and complete and plain and within[0].is_government and len(within) > 2:
                yield within[0], within[1:]

    def pages(self) -> Iterator[PageFile]:
        """Yield the pages; what is planted in prose is planted as they are written."""
        yield from _Pages(self).all()


def world(count: int, years: Sequence[int], seed: int) -> World:
    """Return a world of `count` agencies, with faults in its numbers."""
    rng = Random(f"{seed}/world")
    made = World(seed, tuple(years), offices(count, years, rng))
    for office in made.offices:
        scale = rng.choice([0.2, 0.5, 1.0, 2.0])
        made.told[office.number] = over_years(office.years, scale, Random(f"{seed}/{office.number}/numbers"))
    summed = set()
    for government, parts in made.wholes():
        summed |= {government.number, *(part.number for part in parts)}
        for year in made.years:
            made.told[government.number][year] = together([made.told[part.number][year] for part in parts])
    for n, (government, _) in enumerate(made.wholes()):
        year = made.years[n % len(made.years)]
        cells = planting.parts_of_whole(made.told[government.number], year, rng)
        made.cells["parts_of_whole", government.number, year] = cells
    _plant(made, [office for office in made.offices if office.number not in summed], rng)
    return made


def _plant(made: World, free: list[Office], rng: Random) -> None:
    """Plant faults in agencies that no other report adds up, one an agency."""
    free = [office for office in free if len(office.years) > 1]
    rng.shuffle(free)
    for kind, share in SHARES.items():
        wanted = max(1, round(share * len(made.offices)))
        for office in list(free):
            year = rng.choice(_years(kind, office))
            if not year:
                continue
            plant = planting.IN_NUMBERS.get(kind)
            cells = plant(made.told[office.number], year, rng) if plant else [(year, "")]
            if not cells:
                continue
            made.cells[kind, office.number, year] = cells
            free.remove(office)
            wanted -= 1
            if not wanted:
                break


def _years(kind: str, office: Office) -> list[int]:
    """Return the years in which an agency may have a fault of a kind, [0] for none."""
    later = [year for year in office.years if year - 1 in office.years]
    return [year for year in later if _fits(kind, year)] or [0]


def _fits(kind: str, year: int) -> bool:
    """Return whether a fault of a kind fits a year: the form of 2021 followed that of 2019."""
    if kind == "in_force":
        return year > 2021
    if kind == "previous_items":
        return year == 2020
    if kind in ("another_years_data", "same_report"):
        return year != 2021
    return True


class _Pages:
    """Writes the pages of a world."""

    def __init__(self, made: World) -> None:
        self.world = made
        self.rng = Random(f"{made.seed}/prose")
        self.of: dict[tuple[int, int], set[str]] = {}
        self.tables: dict[tuple[int, int], frozenset[str]] = {}
        self.spoken_of: dict[Key, planting.Cells] = {}
        for kind, number, year in made.cells:
            self.of.setdefault((number, year), set()).add(kind)
        for kind, share in IN_PROSE.items():
            for office in self.rng.sample(made.offices, max(1, round(share * len(made.offices)))):
                year = self.rng.choice(self._fitting(kind, office))
                taken = self.of.setdefault((office.number, year), set())
                if not taken & {"same_report", "same_file"}:
                    taken.add(kind)

    def _fitting(self, kind: str, office: Office) -> list[int]:
        """Return the years in which a fault of the prose can be planted."""
        years = list(office.years)
        if kind.startswith("contradiction"):
            told = self.world.told[office.number]
            years = [
                year for year in years if told[year]["requests"]["carried_forward"][total_of_requests(year)]
            ]
        elif kind == "copied_from_last":
            years = [year for year in years if year - 1 in office.years]
        return years or list(office.years)

    def all(self) -> Iterator[PageFile]:
        for (kind, number, year), cells in self.world.cells.items():
            self._judge(kind, number, year, cells)
        for office in self.world.offices:
            for year in office.years:
                yield self._page(office, year)
        self._without_tables()

    def _without_tables(self) -> None:
        """Take back the faults of which a page lacks a table that shows them."""
        parts = {whole.number: within for whole, within in self.world.wholes()}
        for key in list(self.world.faults):
            kind, number, year = key
            cells = self.spoken_of.get(key, self.world.cells.get(key, []))
            numbers = [number]
            if kind == "parts_of_whole":
                numbers += [part.number for part in parts[number]]
            needed = {(one, of, cell.partition(".")[0]) for of, cell in cells if cell for one in numbers}
            is_lost = any(table not in self.tables[one, of] for one, of, table in needed)
            if kind == "another_years_data":
                is_lost = self.tables[number, year].isdisjoint(self.tables[number, year - 1])
            if is_lost:
                del self.world.faults[key]
                self.world.unseen[kind] = self.world.unseen.get(kind, 0) + 1

    def _judge(self, kind: str, number: int, year: int, cells: planting.Cells) -> None:
        """Note a planted fault, as one that can be seen where all of its cells are printed."""
        for of_year, cell in cells:
            if cell and not self._is_printed(number, of_year, cell):
                self.world.unseen[kind] = self.world.unseen.get(kind, 0) + 1
                return
        self.world.faults[kind, number, year] = ""

    def _is_printed(self, number: int, year: int, cell: str) -> bool:
        table, row, column = cell.split(".")
        figures = self._plain(self.world.offices[number], year).figures
        figure = figures[table].get(row, {}).get(column)
        return figure is not None and figure.value is not None

    def _plain(self, office: Office, year: int) -> Written:
        """Return a report without faults in its prose."""
        like = year - 1 if "another_years_data" in self.of.get((office.number, year), ()) else year
        return written(office, year, self.world.told[office.number][year], like)

    def _page(self, office: Office, year: int) -> PageFile:
        kinds = self.of.get((office.number, year), set())
        said = year
        if kinds & {"same_report", "same_file"}:
            said = year - 1
        report = self._with_faults(office, said)
        if "same_report" in kinds:
            report = report.entitled(year)
        made = page(report.draft, f"{self.world.seed}/{office.number}", said)
        self.tables[office.number, year] = made.tables
        if PERIOD_LEFT in made.noise and said == year:
            self.world.faults.setdefault(("another_year_in_prose", office.number, year), "")
        path = f"{office.folder(year)}/{office.number:04}_{year % 100}.{made.ending}"
        return PageFile(path, made.content, office.number, year)

    def _with_faults(self, office: Office, year: int) -> Written:
        """Return a report with the faults of its prose, and note these."""
        report = self._plain(office, year)
        rng = Random(f"{self.world.seed}/{office.number}/{year}/faults")
        for kind in sorted(self.of.get((office.number, year), ())):
            change = _IN_PROSE.get(kind)
            text, cells = change(self, office, report, rng) if change else ("", [])
            if not text:
                continue
            self.spoken_of[kind, office.number, year] = [(year, cell) for cell in cells]
            self.world.faults.setdefault((kind, office.number, year), text)
            if kind in ("name_left", "another_year_in_prose"):
                report = report.without_period() if kind == "another_year_in_prose" else report
                report = report.with_preface(text)
            else:
                report = report.with_paragraph(text, rng, first=kind == "year_left")
        return report

    def _claim(self, office: Office, report: Written, rng: Random) -> Planted:
        return _wrong_claim(report, rng, "texts")

    def _fresh_claim(self, office: Office, report: Written, rng: Random) -> Planted:
        return _wrong_claim(report, rng, "fresh")

    def _newest_claim(self, office: Office, report: Written, rng: Random) -> Planted:
        return _wrong_claim(report, rng, "newest")

    def _contradiction(self, office: Office, report: Written, rng: Random) -> Planted:
        return _of_none_left(report, rng, "texts")

    def _newest_contradiction(self, office: Office, report: Written, rng: Random) -> Planted:
        return _of_none_left(report, rng, "newest")

    def _another_year(self, office: Office, report: Written, rng: Random) -> Planted:
        return report.fill(rng.choice(sentences.told()["another_year"]["periods"]), report.year - 1), []

    def _year_left(self, office: Office, report: Written, rng: Random) -> Planted:
        return report.fill(rng.choice(sentences.told()["another_year"]["openings"]), report.year - 1), []

    def _name_left(self, office: Office, report: Written, rng: Random) -> Planted:
        places = office.place
        others = [one for one in self.world.offices if one.place != places and report.year in one.years]
        other = rng.choice(others).name(report.year).full
        return str(rng.choice(sentences.told()["another_name"]["texts"])).replace("{other}", other), []

    def _from_other(self, office: Office, report: Written, rng: Random) -> Planted:
        others = [one for one in self.world.offices if one != office and report.year in one.years]
        for other in rng.sample(others, min(len(others), 8)):
            texts = self._plain(other, report.year).paragraphs()
            if texts:
                text = rng.choice(texts).replace(other.printed(report.year), office.printed(report.year))
                return text, []
        return "", []

    def _from_last(self, office: Office, report: Written, rng: Random) -> Planted:
        if report.year - 1 not in office.years:
            return "", []
        texts = self._plain(office, report.year - 1).paragraphs()
        if not texts:
            return "", []
        return rng.choice(texts).replace(str(report.year - 1), str(report.year)), []


Planted = tuple[str, list[str]]
"""A text that is planted, "" where there is none to plant, and the cells that it speaks of."""


def _of_none_left(report: Written, rng: Random, wordings: str) -> Planted:
    """Return a sentence by which no application is left; nothing where the table has none that is."""
    total = total_of_requests(report.year)
    if not report.figures["requests"]["carried_forward"][total].value:
        return "", []
    text = report.fill(rng.choice(sentences.told()["contradiction"][wordings]))
    return text, [f"requests.carried_forward.{total}"]


def _wrong_claim(report: Written, rng: Random, wordings: str) -> Planted:
    """Return a sentence with another number than the tables print; nothing where these print none."""
    made = sentences.claims(report.figures)
    if not made:
        return "", []
    claim, number = rng.choice(made)
    text = report.fill(sentences.sentence(claim, sentences.wrong(number, rng), rng, wordings))
    return text, sentences.cells(report.figures, claim)


_IN_PROSE: dict[str, Callable[[_Pages, Office, Written, Random], Planted]] = {
    "claim": _Pages._claim,
    "claim_fresh": _Pages._fresh_claim,
    "claim_newest": _Pages._newest_claim,
    "contradiction_newest": _Pages._newest_contradiction,
    "contradiction": _Pages._contradiction,
    "another_year_in_prose": _Pages._another_year,
    "year_left": _Pages._year_left,
    "name_left": _Pages._name_left,
    "copied_from_other": _Pages._from_other,
    "copied_from_last": _Pages._from_last,
}
