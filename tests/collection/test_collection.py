"""Records become columns; each report counts once, and of several the one that the rule chooses, or none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from msgspec import json

from nlp.collection.choosing import Standing, choose
from nlp.collection.collection import Builder, Collection
from nlp.collection.reading import read
from nlp.collection.states import BLANK as BLANK_STATE
from nlp.collection.states import MISSING, PRINTED
from nlp.record.model import Report
from tests.collection.records import BLANK, record

RECEIVED = "requests.new_received.natural_person"


def collected(*reports: Report) -> Collection:
    builder = Builder()
    for report in reports:
        builder.add(report)
    return builder.collection()


def standings(*reports: Report) -> list[str]:
    return [Standing(code).name for code in choose(collected(*reports)).standing]


def test_cells_keep_their_value_state_and_place() -> None:
    values = {RECEIVED: 12, "requests.new_received.total": BLANK, "disclosure.regulations.issued": None}
    collection = collected(record(values=values, doubtful=(RECEIVED,)))
    received, total, issued = (collection.place[cell] for cell in values)
    assert collection.values[0, received] == 12
    assert np.isnan(collection.values[0, [total, issued]]).all()
    assert collection.states[0, [received, total, issued]].tolist() == [PRINTED, BLANK_STATE, MISSING]
    assert collection.doubtful[0, received]
    assert collection.lines[0, received] == 7


def test_files_give_the_same_as_the_records_themselves(tmp_path: Path) -> None:
    reports = [record(values={RECEIVED: n}, text=f"2023年受理{n}件") for n in range(3)]
    file = tmp_path / "records.jsonl"
    file.write_bytes(b"".join(json.encode(report) + b"\n" for report in reports) + b'{"no": "record"}\n')
    told: list[str] = []
    from_files, directly = read([str(file)], told.append), collected(*reports)
    assert (from_files.ids, from_files.prose) == (directly.ids, directly.prose)
    np.testing.assert_array_equal(from_files.values, directly.values)
    np.testing.assert_array_equal(from_files.states, directly.states)
    assert len(told) == 1
    assert told[0].startswith(f"{file}:4: this is no record")


def test_one_report_in_two_files_counts_once() -> None:
    page, pdf = record(name="a.html"), record(name="a.pdf")
    assert standings(page, pdf) == ["COUNTED", "DUPLICATE"]
    assert standings(page, page) == ["COUNTED", "DUPLICATE"]


def test_the_better_reading_of_one_report_counts() -> None:
    doubtful = record(name="a.pdf", doubtful=(RECEIVED,), review=("cells_doubtful",))
    choice = choose(collected(doubtful, record(name="a.html")))
    assert choice.report_of == {(0, 2023): 1}
    assert choice.same_as.tolist() == [1, -1]


def test_of_two_different_reports_the_accepted_one_counts_or_none() -> None:
    one, other = record(values={RECEIVED: 1}), record(values={RECEIVED: 2})
    reviewed = record(values={RECEIVED: 3}, review=("cells_missing",))
    assert standings(one, reviewed) == ["COUNTED", "PASSED_OVER"]
    assert standings(one, other) == ["UNDECIDED", "UNDECIDED"]
    several = choose(collected(one, other)).several
    assert [(found.reports, found.chosen) for found in several] == [((0, 1), None)]


def test_every_record_has_one_standing() -> None:
    nameless = record(name="x.txt")
    unnamed = Report(source=nameless.source, year=2023)
    choice = choose(collected(record(), unnamed))
    assert sum(choice.counts().values()) == 2
    assert choice.counts()["agency_unknown"] == 1


def test_a_name_that_two_codes_go_by_is_no_agency() -> None:
    from nlp.collection.agency import AgencyOf
    from nlp.collection.joining import joined

    table = [AgencyOf("鼓楼区教育局", code="320106"), AgencyOf("鼓楼区教育局", code="410204")]
    assert joined([*table, AgencyOf("鼓楼区教育局")]).of == [0, 1, None]
