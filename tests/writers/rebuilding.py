"""Records from the rows of their tables: what the formats are asked to give back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET

from nlp.record.agencies import Agency, AgencyCandidate
from nlp.record.claims import Claim, Derived
from nlp.record.corrections import Decision
from nlp.record.model import (
    Cell,
    Check,
    Failure,
    Improvement,
    LabelledLine,
    Model,
    Place,
    Problem,
    Report,
    Review,
    Section,
    Source,
    Tables,
)
from nlp.writers.tables import form_cells, named

Told = Mapping[str, Any]
Read = Mapping[str, list[tuple[Any, ...]]]


def rebuilt(read: Read) -> list[Report]:
    """Return the records that the rows of all tables make, in their order."""
    by_record = {id: told(id, rows) for id, rows in read.items()}
    return [
        _report(
            one,
            {id: [row for row in rows if row["report"] == one["report"]] for id, rows in by_record.items()},
        )
        for one in by_record["reports"]
    ]


def told(table: str, rows: Iterable[tuple[Any, ...]]) -> list[Told]:
    """Return each row by the names of its columns."""
    names = [column.id for column in named(table).columns]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _report(one: Told, rows: Mapping[str, list[Told]]) -> Report:
    made = Report(
        schema=one["record_schema"],
        id=one["id"],
        source=Source(
            one["name"],
            one["path"],
            one["sha256"],
            one["media_type"],
            one["encoding"],
            one["replaced_characters"],
            one["line_count"],
            one["ocr"] or UNSET,
        ),
        organization=one["organization"],
        organization_confidence=one["organization_confidence"],
        organization_span=_span(one, "organization"),
        year=one["year"],
        year_confidence=one["year_confidence"],
        year_span=_span(one, "year"),
        agency=_agency(one),
        form=one["form"],
        tables=_tables(rows["cells"]),
        sections=_sections(rows["sections"], None),
        problems=[Problem(*_item(row)) for row in rows["items"] if row["kind"] == "problem"],
        improvements=[
            Improvement(*_item(row), row["answers"] or [], row["of_last_year"] or UNSET)
            for row in rows["items"]
            if row["kind"] == "improvement"
        ],
        checks=[
            Check(
                row["check_id"],
                row["rule"],
                row["left_value"],
                row["right_value"],
                row["outcome"],
                row["blame"],
                row["cell_ids"] or [],
            )
            for row in rows["checks"]
        ],
        claims=[_claim(row) for row in rows["claims"]],
        derived=[
            Derived(row["cell"], row["value"], row["check_id"], row["rule"], row["blanks_as_zero"])
            for row in rows["derived"]
        ],
        review=[
            Review(row["code"], row["message"], row["cell_ids"] or [], row["table_id"] or UNSET)
            for row in rows["reviews"]
        ],
        corrections=[_decision(row) for row in rows["corrections"]] or UNSET,
        model=_model(one),
        made_with=one["made_with"] or UNSET,
        lines=[LabelledLine(row["line"], row["label"], row["confidence"]) for row in rows["lines"]] or UNSET,
        error=UNSET if one["error_code"] is None else Failure(one["error_code"], one["error_message"]),
    )
    _agrees(one, made)
    return made


def _agency(one: Told) -> Agency | None:
    told = [value for column, value in one.items() if column.startswith("agency_")]
    if all(value is None for value in told):
        return None
    names, codes = one["agency_candidates"], one["agency_candidate_codes"]
    return Agency(
        one["agency_name"],
        (one["agency_province"], one["agency_city"], one["agency_county"]),
        one["agency_code"],
        one["agency_kind"],
        one["agency_level"],
        UNSET if names is None else [AgencyCandidate(*both) for both in zip(names, codes, strict=True)],
    )


def _span(one: Told, fact: str) -> tuple[int, int] | None:
    start, end = one[f"{fact}_span_start"], one[f"{fact}_span_end"]
    return None if start is None else (start, end)


def _agrees(one: Told, made: Report) -> None:
    """What the table of reports says in other words is what the record says."""
    values = {id: cell.value for id, cell in made.cells()}
    assert {id: one[id.replace(".", "__")] for id in form_cells()} == {
        id: values.get(id) for id in form_cells()
    }
    assert one["needs_review"] == bool(made.review)
    assert (one["review_codes"] or []) == [review.code for review in made.review]
    assert one["checks_broken"] == sum(check.outcome == "broken" for check in made.sums)
    assert (one["problem_count"], one["improvement_count"]) == (len(made.problems), len(made.improvements))


def _tables(rows: Iterable[Told]) -> Tables:
    tables: Tables = {}
    for row in rows:
        assert row["cell"] == f"{row['table_id']}.{row['row_id']}.{row['column_id']}"
        tables.setdefault(row["table_id"], {}).setdefault(row["row_id"], {})[row["column_id"]] = _cell(row)
    return tables


def _cell(row: Told) -> Cell:
    span = None if row["span_start"] is None else (row["span_start"], row["span_end"])
    box = (row["box_left"], row["box_bottom"], row["box_right"], row["box_top"])
    return Cell(
        row["value"],
        row["text"],
        row["state"],
        row["line"],
        span,
        row["confidence"],
        UNSET if row["candidates"] is None else row["candidates"],
        UNSET if row["page"] is None else row["page"],
        UNSET if box[0] is None else box,
        row["on_page"] if row["state"] in ("corrected", "confirmed") else UNSET,
        at=UNSET if row["place"] is None else _place(row["place"]),
    )


def _place(text: str) -> Place:
    sheet, mark, cell = text.rpartition("!")
    if mark:
        return Place(sheet=sheet, cell=cell)
    numbers = [int(word) for word in text.split() if word.isdecimal()]
    return Place(paragraph=numbers[0]) if len(numbers) == 1 else Place(*numbers)


def _claim(row: Told) -> Claim:
    return Claim(
        row["text"],
        row["value"],
        row["unit"],
        row["kind"],
        row["line"],
        (row["span_start"], row["span_end"]),
        row["about"],
        row["outcome"],
        row["confidence"],
        row["wording"],
        row["readings"] or [],
        row["approximate"] or UNSET,
    )


def _decision(row: Told) -> Decision:
    return Decision(
        field=row["field"],
        state=row["state"],
        by=row["decided_by"],
        at=row["decided_at"],
        note=row["note"],
        stale=row["stale"] or UNSET,
    )


def _item(row: Told) -> tuple[str, tuple[int, int] | None, tuple[int, int] | None]:
    lines, span = (row["first_line"], row["last_line"]), (row["span_start"], row["span_end"])
    return row["text"], None if lines[0] is None else lines, None if span[0] is None else span


def _sections(rows: list[Told], parent: int | None) -> list[Section]:
    return [
        Section(
            row["kind"],
            row["title"],
            row["level"],
            (row["first_line"], row["last_line"]),
            row["text"],
            _sections(rows, row["position"]),
        )
        for row in rows
        if row["parent"] == parent
    ]


def _model(one: Told) -> Model | None:
    if one["model_name"] is None:
        return None
    return Model(one["model_name"], one["model_version"], one["model_sha256"])
