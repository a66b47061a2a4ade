"""Lists the reasons why a person must look at a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from nlp.checking.confidence import CERTAIN
from nlp.checking.reasons import listed, listed_by_row, reason
from nlp.form import form as forms
from nlp.narrative.identity.identity import Identity
from nlp.narrative.identity.no_report import Appearance
from nlp.record.claims import Claim
from nlp.record.model import (
    CHAPTERS,
    Check,
    Improvement,
    Problem,
    Review,
    Section,
    Source,
    Span,
)
from nlp.tables.assemble import Assembly
from nlp.tables.evidence import Evidence
from nlp.tables.page.tokens import Token

_SEVERAL = 5
"""From so many rows printed twice, or far from their table, a file holds more than one report."""
_NOTHING_ELSE = "nothing else"


class Findings(Struct, frozen=True):
    """What every stage of reading found in one document.

    `misplaced` are the ids of cells that do not stand where the form has them, by table.
    """

    source: Source
    identity: Identity
    appearance: Appearance
    assembly: Assembly
    sections: list[Section]
    problems: list[Problem]
    improvements: list[Improvement]
    checks: list[Check]
    misplaced: dict[str, list[str]] = {}
    title_lines: Span | None = None
    claims: list[Claim] = []
    damaged_pages: tuple[int, ...] = ()
    are_lines_joined: bool = False


def review(findings: Findings) -> list[Review]:
    """Return every reason to look at a record; none means that it may be used unattended."""
    if not findings.assembly.tables and not _has_chapter(findings.sections):
        return [*_text_reasons(findings), reason("no_report")]
    return [
        *_document_reasons(findings),
        *_chapter_reasons(findings),
        *_cell_reasons(findings.assembly),
        *_place_reasons(findings.misplaced),
        *_layout_reasons(findings.assembly),
        *_sum_reasons(findings.checks),
    ]


def _has_chapter(sections: Sequence[Section]) -> bool:
    return any(section.level == 1 and section.kind != "preface" for section in sections)


def _text_reasons(findings: Findings) -> Iterator[Review]:
    if findings.damaged_pages:
        pages = [str(page) for page in findings.damaged_pages]
        yield reason("text_damaged", pages=listed(pages))
    if findings.are_lines_joined:
        yield reason("lines_joined")


def _document_reasons(findings: Findings) -> Iterator[Review]:
    yield from _text_reasons(findings)
    if findings.source.replaced_characters:
        yield reason("characters_replaced", count=findings.source.replaced_characters)
    yield from _identity_reasons(findings.identity)
    form = findings.assembly.form
    year = findings.identity.year
    if form is None:
        yield reason("no_form")
    elif year is not None and forms.for_year(year) is not form:
        yield reason("form_of_another_year", year=year, form=form.edition)


def _identity_reasons(identity: Identity) -> Iterator[Review]:
    """Yield why a person should look at the agency and the year of a report."""
    if identity.year is None:
        yield reason("year_unknown")
    elif identity.is_year_doubtful:
        others = listed([str(year) for year in identity.rival_years])
        yield reason("year_doubtful", year=identity.year, others=others or _NOTHING_ELSE)
    if identity.organization is None:
        yield reason("organization_unknown")
    elif identity.is_organization_doubtful:
        others = listed(list(identity.rival_organizations))
        yield reason("organization_doubtful", name=identity.organization, others=others or _NOTHING_ELSE)


def _chapter_reasons(findings: Findings) -> Iterator[Review]:
    if findings.assembly.form is None:
        return
    kinds = {section.kind for section in findings.sections}
    missing = [
        kind for kind in CHAPTERS if kind not in kinds and not _is_surely_read(findings.assembly, kind)
    ]
    if missing:
        yield reason("chapters_missing", kinds=", ".join(missing))


def _is_surely_read(assembly: Assembly, table: str) -> bool:
    """Return whether no cell of a table is in doubt: then its chapter lost no more than its title."""
    return bool(assembly.tables.get(table)) and not _cells_to_review(assembly, table)


def _cell_reasons(assembly: Assembly) -> Iterator[Review]:
    ids_by_concern: dict[str, list[str]] = {"missing": [], "ambiguous": [], "doubtful": []}
    for table in assembly.tables:
        for concern, id in _cells_to_review(assembly, table):
            ids_by_concern[concern].append(id)
    for concern, ids in ids_by_concern.items():
        if ids:
            yield reason(f"cells_{concern}", ids, count=len(ids), ids=listed_by_row(ids))


def _cells_to_review(assembly: Assembly, table: str) -> list[tuple[str, str]]:
    """Return (concern, id) of every cell of a table that is missing, ambiguous or doubtful."""
    rows = assembly.tables.get(table, {})
    cells: list[tuple[str, str, str]] = []
    for row, columns in rows.items():
        for column, cell in columns.items():
            if cell.state in ("missing", "ambiguous"):
                cells.append((cell.state, row, column))
            elif cell.confidence < CERTAIN:
                cells.append(("doubtful", row, column))
    if not cells:
        return []
    may_be_missing = _rows_that_may_be_missing(assembly, table)
    return [
        (concern, f"{table}.{row}.{column}")
        for concern, row, column in cells
        if concern != "missing" or row not in may_be_missing
    ]


def _rows_that_may_be_missing(assembly: Assembly, table: str) -> set[str]:
    """Return the rows in whose place the page prints one for several, and those that agencies leave out."""
    rows: set[str] = set()
    for printed in assembly.tables.get(table, {}):
        for form in forms.editions():
            row = form.table(table).row.get(printed)
            if row is not None:
                rows.update(row.stands_for)
    evidence = assembly.evidence.get(table)
    if evidence is not None:
        rows.update(evidence.left_out)
    return rows


def _place_reasons(misplaced: Mapping[str, list[str]]) -> Iterator[Review]:
    for table, ids in misplaced.items():
        yield reason("cells_out_of_place", ids, table=table, ids=listed_by_row(ids))


def _layout_reasons(assembly: Assembly) -> Iterator[Review]:
    for table, evidence in assembly.evidence.items():
        yield from _table_layout_reasons(table, evidence)
    if assembly.notes:
        yield reason("notes_on_tables", notes=listed([f"{line.plain!r}" for line in assembly.notes]))
    for evidence in assembly.evidence.values():
        if len(evidence.repeated) + evidence.elsewhere >= _SEVERAL:
            yield reason("several_reports")
            return


def _table_layout_reasons(table: str, evidence: Evidence) -> Iterator[Review]:
    if evidence.unassigned:
        yield reason("numbers_left_over", table=table, tokens=_printed(evidence.unassigned))
    unknown = evidence.of_unknown_labels if any(map(_is_not_nought, evidence.of_unknown_labels)) else ()
    if unknown or evidence.strange_labels:
        yield reason("rows_unknown", table=table, tokens=_printed([*evidence.strange_labels, *unknown]))
    if evidence.strange_headers:
        yield reason("columns_unknown", table=table, tokens=_printed(evidence.strange_headers))
    if evidence.without_unit:
        ids = [f"{table}.{column}" for column in evidence.without_unit]
        yield reason("amount_without_unit", table=table, ids=listed(ids))
    if evidence.without_numbers:
        yield reason("rows_without_numbers", table=table, rows=listed(evidence.without_numbers))
    if not evidence.in_order:
        yield reason("rows_out_of_order", table=table)
    if not evidence.columns_in_order:
        yield reason("columns_out_of_order", table=table)


def _sum_reasons(checks: Sequence[Check]) -> Iterator[Review]:
    broken = [check for check in checks if check.outcome == "broken" and check.blame != "source"]
    if broken:
        cells = list(dict.fromkeys(cell for check in broken for cell in check.cells))
        yield reason("sums_broken", cells, checks=listed([check.id for check in broken]))


def _is_not_nought(token: Token) -> bool:
    return bool(token.text.strip("0"))


def _printed(tokens: Iterable[Token]) -> str:
    """Return tokens as they stand on the page, with their lines."""
    return listed([f"{token.text!r} in line {token.line}" for token in tokens])
