"""Cells that were recognised in pictures: as sure as their characters; sums tell what is in doubt."""

from __future__ import annotations

from msgspec.structs import replace

from nlp.checking.recognised import with_doubts, with_recognition, without_blame
from nlp.checking.sums import assess
from nlp.form import form as forms
from nlp.narrative.identity.identity import Identity
from nlp.reading.document import Doubt, Recognition
from nlp.record.model import Cell, Number, Tables

FORM = forms.named("2021")
TEXT = 1000
"""So many characters the text has."""


def tables(values: dict[str, Number]) -> Tables:
    """Return a filled form of noughts but for some cells; each stands at a place of its own in the text."""
    place = 0
    filled: Tables = {}
    for table in FORM.tables:
        filled[table.id] = {}
        for row in table.rows:
            if row.optional:
                continue
            cells = filled[table.id][row.id] = {}
            for column in row.columns:
                value = values.get(f"{table.id}.{row.id}.{column}", 0)
                cells[column] = Cell(value, str(value), "printed", 1, (place, place + 1), 0.999)
                place += 1
    return filled


def recognised(read: Tables, doubts: dict[str, tuple[str, ...]], scores: dict[str, float]) -> Tables:
    """Return tables as they are once some cells are in doubt and others have a score."""
    by_place = [1.0] * TEXT
    found = []
    for id, options in doubts.items():
        table, row, column = id.split(".")
        start, end = read[table][row][column].span or (0, 0)
        found.append(Doubt(start, end, options))
    for id, score in scores.items():
        table, row, column = id.split(".")
        start, _ = read[table][row][column].span or (0, 0)
        by_place[start] = score
    return with_recognition(FORM, read, Recognition("an engine", (1,), by_place, tuple(sorted(found))))


GRANTED = "requests.granted.natural_person"
OF_GRANTED = {
    "requests.new_received.natural_person": 3,
    "requests.new_received.total": 3,
    GRANTED: 3,
    "requests.granted.total": 3,
    "requests.total.natural_person": 3,
    "requests.total.total": 3,
}


def test_a_cell_is_no_surer_than_its_characters() -> None:
    cell = recognised(tables({}), {}, {GRANTED: 0.97})["requests"]["granted"]["natural_person"]
    assert cell.confidence == 0.96903
    assert cell.value == 0


def test_sums_tell_which_reading_of_a_number_is_printed() -> None:
    cell = recognised(tables(OF_GRANTED), {GRANTED: ("8", "3")}, {})["requests"]["granted"]["natural_person"]
    assert (cell.state, cell.value) == ("printed", 3)


def test_sums_never_put_a_number_that_was_not_read() -> None:
    cell = recognised(tables(OF_GRANTED), {GRANTED: ("8", "9")}, {})["requests"]["granted"]["natural_person"]
    assert (cell.state, cell.value, cell.candidates) == ("ambiguous", None, [8, 9])


def test_two_doubtful_numbers_of_one_sum_stay_in_doubt() -> None:
    doubts = {GRANTED: ("8", "3"), "requests.granted.commercial_enterprise": ("0", "5")}
    cells = recognised(tables(OF_GRANTED), doubts, {})["requests"]["granted"]
    assert cells["natural_person"].state == "ambiguous"
    assert cells["commercial_enterprise"].state == "ambiguous"


def test_a_number_without_sums_stays_in_doubt() -> None:
    id = "disclosure.licensing.decisions"
    cell = recognised(tables({id: 17}), {id: ("17", "11")}, {})["disclosure"]["licensing"]["decisions"]
    assert (cell.state, cell.candidates) == ("ambiguous", [17, 11])


def test_of_writing_that_was_not_read_nothing_is_told() -> None:
    cell = recognised(tables({}), {GRANTED: ()}, {})["requests"]["granted"]["natural_person"]
    assert (cell.state, cell.candidates) == ("ambiguous", [])


def test_a_broken_sum_of_recognised_numbers_is_not_blamed_on_the_agency() -> None:
    read = tables({GRANTED: 3})
    broken = [check for check in assess(FORM, read) if check.outcome == "broken"]
    assert {check.blame for check in broken} == {"source"}
    assert {check.blame for check in without_blame(broken, read)} == {"undecided"}


def test_a_broken_sum_of_numbers_that_a_person_confirmed_is_the_agencys() -> None:
    read = tables({"review_litigation.review.upheld": 3})
    row = read["review_litigation"]["review"]
    for column, cell in row.items():
        row[column] = replace(cell, state="confirmed", decided="printed", confidence=1.0)
    broken = [check for check in assess(FORM, read) if check.outcome == "broken"]
    assert [check.blame for check in without_blame(broken, read)] == ["source"]


def test_a_name_with_a_doubtful_character_is_in_doubt() -> None:
    identity = Identity("青石县水利局", 0.99, (0, 6), year=2023, year_confidence=0.99, year_span=(6, 10))
    scores = [1.0, 0.5, *[0.999] * 8]
    doubted = with_doubts(identity, Recognition("an engine", (1,), scores))
    assert doubted.is_organization_doubtful
    assert not doubted.is_year_doubtful
