"""The tables: names that stay and can be said in SQL, and a place for everything that a record holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import get_args

import duckdb
import msgspec
import pytest

from nlp.form.form import editions
from nlp.record.model import Cell, Report, Source
from nlp.writers.fitting import fitting
from nlp.writers.remarks import Remarks
from nlp.writers.rows import rows
from nlp.writers.tables import Table, Type, dictionary, form_cells, named, tables

TABLES = tables()
SOURCE = Source("a.txt", "in/a.txt", "", "text/plain", "utf-8", 0, 1)
HELD = {
    "Report": {
        *(
            "schema",
            "source",
            "organization",
            "organization_confidence",
            "organization_span",
            *("year", "year_confidence", "year_span"),
            "form",
            "tables",
            "sections",
            "problems",
            "improvements",
        ),
        *("checks", "review", "model", "lines", "error"),
        *("id", "corrections", "claims", "derived", "agency", "made_with"),
    },
    "Agency": {"name", "place", "code", "kind", "level", "candidates"},
    "AgencyCandidate": {"name", "code"},
    "Source": {"name", "path", "sha256", "media_type", "encoding", "replaced_characters", "lines", "ocr"},
    "Cell": {"value", "text", "state", "line", "span", "confidence", "candidates", "page", "box"}
    | {"decided", "at"},
    "Place": {"table", "row", "column", "paragraph", "sheet", "cell"},
    "Section": {"kind", "title", "level", "lines", "text", "sections"},
    "Problem": {"text", "lines", "span"},
    "Improvement": {"text", "lines", "span", "answers", "of_last_year"},
    "Check": {"id", "rule", "left", "right", "outcome", "blame", "cells"},
    "Claim": {"text", "value", "unit", "kind", "line", "span", "about", "outcome", "confidence"}
    | {"wording", "readings", "approximate"},
    "Derived": {"cell", "value", "check", "rule", "blanks_as_zero"},
    "Review": {"code", "message", "cells", "table"},
    "Decision": {"field", "state", "by", "at", "note", "stale"},
    "Model": {"name", "version", "sha256"},
    "LabelledLine": {"n", "label", "confidence"},
    "Failure": {"code", "message"},
}
"""What the tables have a column for, and round trips bring back; what is new in a record needs one."""
IN_RECORDS_ALONE = {"Report": {"read"}, "Cell": {"read"}}
"""What was read where people decided otherwise; of it the tables have state and value of cells only."""


def cell(value: float | None) -> Cell:
    return Cell(value, str(value), "printed", 1, (0, 1), 0.9)


def test_every_field_of_a_record_has_its_place() -> None:
    parts = msgspec.json.schema(Report)["$defs"]
    held = {
        name: set(part["properties"]) - IN_RECORDS_ALONE.get(name, set())
        for name, part in parts.items()
        if name != "AsRead"
    }
    assert held == HELD


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_columns_are_named_once_in_both_languages_and_typed(table: Table) -> None:
    for headers in (table.headers("en"), table.headers("zh")):
        assert len(set(headers)) == len(headers)
    assert {column.type for column in table.columns} <= set(get_args(Type))
    assert all(column.description and column.description_zh for column in table.columns)
    assert all(column.id.isidentifier() and column.id.islower() for column in table.columns)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_every_name_can_be_said_in_sql_without_quotes(table: Table) -> None:
    columns = ", ".join(column.id for column in table.columns)
    typed = ", ".join(f"{column.id} INTEGER" for column in table.columns)
    with closing(sqlite3.connect(":memory:")) as lite, duckdb.connect() as duck:
        for base in (lite, duck):
            base.execute(f"CREATE TABLE {table.id} ({typed})")
            base.execute(f"SELECT {columns} FROM {table.id} ORDER BY {columns}")


def test_names_stay_as_they_are() -> None:
    """Others' programs name them; a column may be added, none may be lost or renamed."""
    assert [column.id for column in named("reports").columns][:6] == [
        *("report", "id", "organization", "year", "name", "path")
    ]
    assert [column.id for column in named("cells").columns] == [
        *(
            "report",
            "id",
            "organization",
            "year",
            "cell",
            "table_id",
            "row_id",
            "column_id",
            "state",
            "value",
            "text",
        ),
        *("confidence", "line", "span_start", "span_end", "page"),
        *("box_left", "box_bottom", "box_right", "box_top", "candidates"),
        *("on_page", "read_state", "read_value", "place"),
    ]
    known = {column.id for column in named("reports").columns}
    assert {
        "requests__new_received__total",
        "disclosure__procurement__amount",
        "requests__other__total",
    } <= known


def test_every_cell_of_every_edition_is_a_column_once() -> None:
    printed = [
        f"{table.id}.{row.id}.{column}"
        for form in editions()
        for table in form.tables
        for row in table.rows
        for column in row.columns
    ]
    assert sorted(form_cells()) == sorted(set(printed))


def test_counts_are_whole_numbers_and_money_is_not() -> None:
    types = {column.id: column.type for column in named("reports").columns}
    assert types["requests__total__total"] == "integer"
    assert types["disclosure__fees__amount"] == "number"


def test_the_chinese_header_of_a_cell_names_table_group_row_and_column() -> None:
    headers = {column.id: column.zh for column in named("reports").columns}
    assert headers["requests__denied_state_secret__natural_person"] == (
        "三、收到和处理政府信息公开申请情况／（三）不予公开／1.属于国家秘密／自然人"
    )


def test_the_dictionary_explains_every_column() -> None:
    assert {row[:2] for row in dictionary()} == {
        (table.id, column.id) for table in TABLES for column in table.columns
    }
    assert all(len(row) == len(named("dictionary").columns) for row in dictionary())


def test_a_row_has_as_many_values_as_its_table_has_columns() -> None:
    tables = {"requests": {"total": {"total": cell(3)}}}
    found = rows(Report(source=SOURCE, tables=tables), 1)
    assert set(found) == {table.id for table in TABLES} - {"dictionary"}
    assert all(len(row) == len(named(id).columns) for id, these in found.items() for row in these)


def fitted(report: Report) -> tuple[dict[str, object], list[object], list[str]]:
    remarks = Remarks()
    found = fitting(rows(report, 1), True, remarks)
    names = [column.id for column in named("reports").columns]
    return (
        dict(zip(names, found["reports"][0], strict=True)),
        [row[9] for row in found["cells"]],
        remarks.sentences(),
    )


@pytest.mark.parametrize(
    ("value", "wide", "long", "said"),
    [
        (3, 3, 3, ""),
        (3.0, 3, 3.0, ""),
        (1.5, None, 1.5, "Fractions where the form counts, in the table cells only: 1"),
        (10**17, 10**17, None, "Numbers of more digits than a column can hold exactly, left out: 1"),
        (10**30, None, None, "Numbers of more digits than a column can hold exactly, left out: 2"),
        (-(10**30), None, None, "Numbers of more digits than a column can hold exactly, left out: 2"),
    ],
)
def test_what_a_column_cannot_hold_is_told(value: float, wide: object, long: object, said: str) -> None:
    report = Report(source=SOURCE, tables={"requests": {"total": {"total": cell(value)}}})
    found, cells, told = fitted(report)
    assert (found["requests__total__total"], cells) == (wide, [long])
    assert [sentence.partition(" (first")[0] for sentence in told] == ([said] if said else [])


def test_a_cell_that_no_edition_has_is_kept_in_the_table_of_cells_and_told() -> None:
    _, cells, told = fitted(Report(source=SOURCE, tables={"requests": {"new": {"total": cell(3)}}}))
    assert cells == [3]
    assert told == [
        "Cells that no edition of the form has, in the table cells only: 1 "
        "(first: a.txt, requests.new.total)."
    ]
