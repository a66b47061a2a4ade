"""What a person must look at in a record, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from nlp.checking.reading_order import out_of_place
from nlp.form import form as forms
from nlp.narrative.identity.identity import Identity
from nlp.narrative.identity.no_report import Appearance
from nlp.record.model import (
    CHAPTERS,
    Cell,
    Check,
    Improvement,
    Problem,
    Review,
    Section,
    Source,
    Span,
)
from nlp.resources import knowledge
from nlp.tables.assemble import Assembly
from nlp.tables.evidence import Evidence
from nlp.tables.page.tokens import Token

_DOUBTFUL = 0.9
"""Below this confidence a printed or blank cell is to be looked at."""
_SEVERAL = 5
"""From so many rows printed twice, or far from their table, a file holds more than one report."""
_NOTHING_ELSE = "nothing else"
_NAMED = 12
"""How many ids a message spells out."""


class Findings(Struct, frozen=True):
    """Everything that the stages found out about one document."""

    source: Source
    identity: Identity
    appearance: Appearance
    assembly: Assembly
    sections: list[Section]
    problems: list[Problem]
    improvements: list[Improvement]
    checks: list[Check]
    title_lines: Span | None = None


@cache
def _messages() -> dict[str, str]:
    return knowledge("reviews")


def review(found: Findings) -> list[Review]:
    """Return every reason to look at a record; none means that it may be used unattended."""
    if not found.assembly.tables and not any(section.level == 1 for section in _chapters(found.sections)):
        return [_reason("no_report")]
    reasons = [*_document(found), *_chapters_missing(found), *_tables(found.assembly), *_sums(found.checks)]
    return list(reasons)


def _reason(code: str, cells: list[str] | None = None, **facts: object) -> Review:
    return Review(code, _messages()[code].format(**facts), cells or [])


def _chapters(sections: list[Section]) -> list[Section]:
    return [section for section in sections if section.kind != "preface"]


def _document(found: Findings) -> Iterator[Review]:
    if found.source.replaced_characters:
        yield _reason("characters_replaced", count=found.source.replaced_characters)
    yield from _identity(found.identity)
    form = found.assembly.form
    if form is None:
        yield _reason("no_form")
    elif found.identity.year is not None and forms.for_year(found.identity.year) is not form:
        yield _reason("form_of_another_year", year=found.identity.year, form=form.edition)


def _identity(identity: Identity) -> Iterator[Review]:
    """Yield why a person should look at the agency and the year of a report."""
    if identity.year is None:
        yield _reason("year_unknown")
    elif identity.is_year_doubtful:
        others = _listed([str(year) for year in identity.rival_years])
        yield _reason("year_doubtful", year=identity.year, others=others or _NOTHING_ELSE)
    if identity.organization is None:
        yield _reason("organization_unknown")
    elif identity.is_organization_doubtful:
        others = _listed(list(identity.rival_organizations))
        yield _reason("organization_doubtful", name=identity.organization, others=others or _NOTHING_ELSE)


def _chapters_missing(found: Findings) -> Iterator[Review]:
    there = {section.kind for section in found.sections}
    missing = [kind for kind in CHAPTERS if kind not in there and not _is_read(found.assembly, kind)]
    if missing and found.assembly.form:
        yield _reason("chapters_missing", kinds=", ".join(missing))


def _is_read(assembly: Assembly, table: str) -> bool:
    """Tell whether every cell of a table was surely read: then its chapter lost no more than its title."""
    return bool(assembly.tables.get(table)) and next(_concerns(assembly, table), None) is None


def _tables(assembly: Assembly) -> Iterator[Review]:
    yield from _cells(assembly)
    yield from _places(assembly)
    for table, evidence in assembly.evidence.items():
        yield from _layout(table, evidence)
    if any(len(known.repeated) + known.elsewhere >= _SEVERAL for known in assembly.evidence.values()):
        yield _reason("several_reports")


def _cells(assembly: Assembly) -> Iterator[Review]:
    by_concern: dict[str, list[str]] = {"missing": [], "ambiguous": [], "doubtful": []}
    for table in assembly.tables:
        for concern, id in _concerns(assembly, table):
            by_concern[concern].append(id)
    for concern, ids in by_concern.items():
        if ids:
            yield _reason(f"cells_{concern}", ids, count=len(ids), ids=_listed(ids))


def _concerns(assembly: Assembly, table: str) -> Iterator[tuple[str, str]]:
    """Yield every cell of a table that is not sure, as its concern and its id."""
    rows = assembly.tables.get(table, {})
    found = [
        (concern, row, column)
        for row, cells in rows.items()
        for column, cell in cells.items()
        if (cell.state != "printed" or cell.confidence < _DOUBTFUL) and (concern := _concern(cell))
    ]
    if not found:
        return
    standing = {id for row in rows for id in _stood_for(table, row)} | _left_out(assembly, table)
    for concern, row, column in found:
        if not (concern == "missing" and row in standing):
            yield concern, f"{table}.{row}.{column}"


def _places(assembly: Assembly) -> Iterator[Review]:
    for table, rows in assembly.tables.items():
        evidence = assembly.evidence[table]
        astray = [f"{table}.{id}" for id in out_of_place(rows, evidence.tokens, evidence.labels)]
        if astray:
            yield _reason("cells_out_of_place", astray, table=table, ids=_listed(astray))


def _concern(cell: Cell) -> str | None:
    if cell.state in ("missing", "ambiguous"):
        return cell.state
    return "doubtful" if cell.confidence < _DOUBTFUL else None


def _left_out(assembly: Assembly, table: str) -> set[str]:
    known = assembly.evidence.get(table)
    return set(known.left_out) if known else set()


def _stood_for(table: str, row: str) -> tuple[str, ...]:
    """Return the rows that a printed row stands for, in whichever edition has it."""
    known = (form.table(table).row.get(row) for form in forms.editions())
    return tuple(id for found in known if found for id in found.stands_for)


def _layout(table: str, evidence: Evidence) -> Iterator[Review]:
    if evidence.orphans:
        yield _reason("numbers_left_over", table=table, tokens=_printed(evidence.orphans))
    if evidence.without_numbers:
        yield _reason("rows_without_numbers", table=table, rows=_listed(list(evidence.without_numbers)))
    if not evidence.in_order:
        yield _reason("rows_out_of_order", table=table)
    if not evidence.columns_in_order:
        yield _reason("columns_out_of_order", table=table)


def _sums(checks: list[Check]) -> Iterator[Review]:
    broken = [check for check in checks if check.outcome == "broken" and check.blame != "source"]
    if broken:
        cells = list(dict.fromkeys(cell for check in broken for cell in check.cells))
        yield _reason("sums_broken", cells, checks=_listed([check.id for check in broken]))


def _listed(ids: list[str]) -> str:
    more = len(ids) - _NAMED
    return ", ".join(ids[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _printed(tokens: tuple[Token, ...]) -> str:
    return _listed([f"{token.text!r} in line {token.line}" for token in tokens])
