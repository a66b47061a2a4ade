"""Records become agency × year: values, rates, what is derived, groups, years that lack a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from nlp.collection.collection import Builder
from nlp.collection.slim import SlimReport
from nlp.commands import panel as panel_command
from nlp.commands.cli import commands
from nlp.panel.panel import Wanted, panel
from nlp.panel.unit_columns import GROUPS
from nlp.record.model import Number, Report
from tests.collection.records import BLANK, record
from training.across.world import Office
from training.across.world import record as slim_record

Rows = list[dict[str, Any]]
ENDINGS = (".csv", ".xlsx", ".parquet", ".dta", ".json", ".jsonl", ".duckdb", ".sqlite")


def rows(*reports: Report | SlimReport, **wanted: Any) -> Rows:
    builder = Builder()
    for report in reports:
        builder.add(report)
    frame = panel(builder.collection(), Wanted(**wanted)).frame
    names = [column.id for column in frame.table.columns]
    return [dict(zip(names, row, strict=True)) for piece in frame.rows() for row in piece]


def results(done: Number | str, **by_row: Number | str) -> Mapping[str, Number | str]:
    """The column of all applicants: its total and some rows."""
    return {"requests.total.total": done, **{f"requests.{row}.total": n for row, n in by_row.items()}}


def test_a_row_an_agency_and_year_with_its_cells() -> None:
    first, second = rows(record(year=2023), record(year=2022, values={"requests.total.total": 4}))
    assert (first["year"], second["year"]) == (2022, 2023)
    assert first["requests__total__total"] == 4
    assert first["report_state"] == "counted"


def test_a_rate_stands_beside_what_it_divides() -> None:
    (row,) = rows(record(values=results(8, granted=2)))
    rate = {name.partition("__")[2]: value for name, value in row.items() if name.startswith("granted_share")}
    assert rate == {"": 0.25, "numerator": 2, "denominator": 8, "state": "printed"}


def test_a_blank_is_never_nothing() -> None:
    """The agency that leaves its total blank did not grant least."""
    blank = record("乙县气象局", values=results(8, granted=BLANK, partially_granted=3))
    least = record("甲县气象局", values=results(8, granted=1))
    by_agency = {row["agency"]: row for row in rows(blank, least, derived=False)}
    assert by_agency["甲县气象局"]["granted_share"] == 0.125
    assert by_agency["乙县气象局"]["granted_share"] is None
    assert by_agency["乙县气象局"]["granted_share__state"] == "blank"


def consistent(**cells: Number | str) -> dict[str, Number | str]:
    """Eight requests of natural persons, five of them granted and three denied; `cells` are otherwise."""
    values: dict[str, Number | str] = {}
    for row, number in (("new_received", 8), ("granted", 5), ("denied_third_party_rights", 3), ("total", 8)):
        values[f"requests.{row}.natural_person"] = number
        values[f"requests.{row}.total"] = number
    return values | {f"requests.{cell.replace('__', '.')}": value for cell, value in cells.items()}


def test_a_blank_total_is_derived_from_its_parts_and_marked() -> None:
    (row,) = rows(record(values=consistent(granted__total=BLANK)), states=True)
    assert row["requests__granted__total"] == 5
    assert row["requests__granted__total__state"] == "derived"
    assert (row["granted_share"], row["granted_share__state"]) == (0.625, "derived")


def test_blanks_are_nothing_where_the_rest_comes_to_the_total() -> None:
    blanks = {f"unavailable_{row}__total": BLANK for row in ("not_held", "needs_creation", "still_unclear")}
    blanks |= {f"unavailable_{row}__natural_person": BLANK for row in ("not_held", "needs_creation")}
    (row,) = rows(record(values=consistent(**blanks)))
    assert (row["unavailable_share"], row["unavailable_share__state"]) == (0, "derived")


def test_nothing_is_derived_where_sums_do_not_hold() -> None:
    (row,) = rows(record(values=consistent(granted__total=BLANK, new_received__total=9)), states=True)
    assert row["requests__granted__total"] is None
    assert row["requests__granted__total__state"] == "blank"


def test_nothing_is_derived_from_a_doubtful_number() -> None:
    doubtful = ("requests.granted.natural_person", "requests.total.total")
    (row,) = rows(record(values=consistent(granted__total=BLANK), doubtful=doubtful))
    assert (row["granted_share"], row["granted_share__state"]) == (None, "blank")


def test_a_rate_of_nothing_is_empty() -> None:
    (row,) = rows(record())
    assert (row["granted_share"], row["granted_share__state"]) == (None, "zero_denominator")


def test_a_long_panel_has_a_row_a_variable() -> None:
    long = rows(record(values=consistent()), shape="long")
    by_variable = {row["variable"]: row for row in long}
    assert len(by_variable) == len(long) == 11 + 200
    assert by_variable["granted_share"]["value"] == 0.625
    assert by_variable["requests.granted.total"]["state"] == "printed"
    assert by_variable["requests.granted.total"]["name"].endswith("（一）予以公开／总计")


def test_years_without_a_report_are_seen() -> None:
    reports = record(year=2021), record(year=2023), record("乙县气象局", 2022)
    states = {(row["agency"], row["year"]): row["report_state"] for row in rows(*reports, balanced=True)}
    assert len(states) == 6
    assert states["甲县气象局", 2022] == "none"
    assert len(rows(*reports)) == 3
    gap = [row for row in rows(*reports, balanced=True, shape="long") if row["report_state"] == "none"]
    assert {row["state"] for row in gap} == {"no_report"}
    assert len(gap) == 3 * (11 + 200)


def test_several_reports_for_one_year_are_seen() -> None:
    versions = record(values=consistent()), record(name="b", values=results(2, granted=1))
    (row,) = rows(*versions)
    assert (row["report_state"], row["granted_share"]) == ("undecided", None)


def placed(name: str, code: str, level: str, **numbers: Number) -> SlimReport:
    values = {f"requests.{row}.total": number for row, number in numbers.items()}
    return slim_record(Office(name, code, "water", level, 1, [], {2023: values}, {2023: ""}), 2023)


def test_groups_sum_what_is_known_and_say_of_how_many() -> None:
    reports = [
        placed("甲", "1", "city", total=8, granted=2),
        placed("乙", "1", "city", total=2, granted=2),
        placed("丙", "1", "city", total=5),
        placed("丁", "2", "city", total=4, granted=1),
    ]
    first, second = rows(*reports, by=("code",))
    assert (first["code"], first["year"], first["reports"]) == ("1", 2023, 3)
    assert first["requests__total__total"] == 15
    assert (first["requests__granted__total"], first["requests__granted__total__agencies"]) == (4, 2)
    assert (first["granted_share"], first["granted_share__agencies"]) == (0.4, 2)
    assert second["granted_share"] == 0.25
    long = rows(*reports, by=("level",), shape="long", which="rates")
    assert [(row["value"], row["agencies"]) for row in long if row["variable"] == "granted_share"] == [
        (5 / 14, 3)
    ]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("panel") / "records.jsonl"
    reports = record(values=consistent(granted__total=BLANK)), record(year=2020), record("乙县气象局", 2021)
    file.write_bytes(b"".join(msgspec.json.encode(report) + b"\n" for report in reports))
    return file


def run(*arguments: object) -> Any:
    return CliRunner().invoke(commands, ["panel", *map(str, arguments)], standalone_mode=False)


def read(file: Path) -> Rows:
    """Return what other programs read from a panel."""
    import pandas

    if file.suffix == ".csv":
        return _rows(pandas.read_csv(file))
    if file.suffix == ".xlsx":
        return _rows(pandas.read_excel(file))
    if file.suffix == ".parquet":
        return _rows(pandas.read_parquet(file))
    if file.suffix == ".dta":
        return _rows(pandas.read_stata(file, convert_categoricals=False))
    if file.suffix in (".json", ".jsonl"):
        return _rows(pandas.read_json(file, lines=file.suffix == ".jsonl"))
    return _of_database(file)


def _rows(frame: Any) -> Rows:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[no-any-return]


def _of_database(file: Path) -> Rows:
    import sqlite3
    from contextlib import closing

    import duckdb

    connect: Any = duckdb.connect if file.suffix == ".duckdb" else sqlite3.connect
    with closing(connect(str(file))) as connection:
        cursor = connection.execute("SELECT * FROM panel")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_is_read_by_others(records: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"panel{ending}"
    result = run(records, "-o", file, "--states", "--variables", "rates")
    assert result.return_value == 0, result.output
    told = read(file)
    state = "granted_share_s" if ending == ".dta" else "granted_share__state"
    assert [(row["agency"], row["year"], row["granted_share"]) for row in told] == [
        ("乙县气象局", 2021, None),
        ("甲县气象局", 2020, None),
        ("甲县气象局", 2023, 0.625),
    ]
    assert told[2][state] == (7 if ending == ".dta" else "derived")


def test_stata_names_and_labels(records: Path, tmp_path: Path) -> None:
    import pandas

    file = tmp_path / "panel.dta"
    run(records, "-o", file, "--states")
    with pandas.io.stata.StataReader(file) as reader:
        labels, values = reader.variable_labels(), reader.value_labels()
    assert all(len(name) <= 32 for name in labels)
    assert labels["r_granted_all"].endswith("（一）予以公开／总计")
    assert values["r_granted_all_s"][7] == "推算"
    assert values["report_state"] == {0: "有报告", 1: "多份未定", 2: "没有报告"}


def test_the_command_groups_by_what_the_panel_can() -> None:
    assert panel_command.GROUPS == GROUPS


def test_what_is_left_out_is_said(records: Path, tmp_path: Path) -> None:
    result = run(records, records, "-o", tmp_path / "panel.csv")
    assert "3 records: 2 agencies, 2020-2023, 3 reports." in result.stderr
    assert run(records, "-o", tmp_path / "panel.csv", "--years", "2024-2023").exception
    assert run(records, "-o", tmp_path / "panel.tsv").exception
    assert run(records, "-o", f"{tmp_path}/").exception
