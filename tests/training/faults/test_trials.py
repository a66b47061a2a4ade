"""The checks on trial: what each fault does to a table, and which sums notice it."""

from __future__ import annotations

from random import Random

import msgspec
import pytest

from nlp.form.form import editions
from nlp.record.model import Number
from training.faults.fault_tables import faults_table, verdicts_table
from training.faults.faults import Access, plant
from training.faults.moved import moved, moved_table
from training.faults.trial import FAULTS, PAGE, RECORD, Right, Trial, right_ones, trials
from training.faults.verdicts import flagged, noticed, of_checks, of_reviews
from training.generator.corpus import samples
from training.generator.figures import Numbers
from training.generator.figures import numbers as drawn
from training.scoring.gold import Record

FORM = editions()[-1]
PLAIN: Access[Number] = Access(lambda value: value, lambda _, value: value)
KEEPS_EVERY_SUM = ("columns swapped", "新收 and 结转 swapped")


def filled() -> Numbers:
    """Return the numbers of a busy agency."""
    return max((drawn(FORM, Random(f"busy/{n}"), 3.0) for n in range(20)), key=_busy)


def _busy(one: Numbers) -> float:
    return one["requests"]["new_received"]["total"] * (one["review_litigation"]["review"]["total"] + 1)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_changes_the_cells_that_it_names_and_no_others(name: str) -> None:
    before = filled()
    for n in range(20):
        done = plant(FAULTS[name], before, FORM, PLAIN, Random(n))
        assert done is not None
        after, changed = done
        really = {
            f"{table}.{row}.{column}"
            for table, rows in before.items()
            for row, cells in rows.items()
            for column, value in cells.items()
            if after[table].get(row, {}).get(column) != value
        }
        assert changed == really
        assert changed


@pytest.mark.parametrize("name", FAULTS)
def test_an_empty_table_has_no_room_but_for_a_lost_row(name: str) -> None:
    zeros = {
        table: {row: dict.fromkeys(cells, 0) for row, cells in rows.items()}
        for table, rows in filled().items()
    }
    done = plant(FAULTS[name], zeros, FORM, PLAIN, Random(1))
    assert (done is None) == (name != "row dropped")


@pytest.fixture(scope="module")
def rights() -> list[Right]:
    return list(right_ones(msgspec.convert(one.gold, Record) for one in samples(77, 14)))


@pytest.fixture(scope="module")
def tried(rights: list[Right]) -> list[Trial]:
    return [trial for right in rights for trial in trials(right)]


def test_a_record_shows_what_was_planted_in_it(tried: list[Trial], rights: list[Right]) -> None:
    in_record = [one for one in tried if one.carrier == RECORD]
    arithmetic, permutations, right = (one.share for one in flagged(in_record, rights))
    assert arithmetic.count == arithmetic.of > 0
    assert permutations.count > 0.9 * permutations.of > 0, "only a blank cell in the place of a number hides"
    assert right.count == 0


def test_every_fault_is_planted_on_both_carriers(tried: list[Trial]) -> None:
    assert {(one.fault, one.carrier) for one in tried} == {
        (name, way) for name in FAULTS for way in (RECORD, PAGE)
    }


def test_sums_cannot_see_what_keeps_every_sum(tried: list[Trial]) -> None:
    held = [trial for trial in tried if all(check.outcome != "broken" for check in trial.checks_before)]
    for one in noticed(held):
        if one.fault in KEEPS_EVERY_SUM:
            assert one.by_checks.count == 0


def test_a_lost_row_is_always_to_be_reviewed(tried: list[Trial]) -> None:
    for one in noticed([trial for trial in tried if trial.carrier == RECORD]):
        if one.fault == "row dropped":
            assert one.by_reviews.share == 1


def test_a_swapped_total_of_a_table_with_sums_breaks_one(tried: list[Trial]) -> None:
    found = [one for one in tried if one.fault == "total swapped with a part" and _assessable(one)]
    assert found
    assert all(one.broken for one in found)


def _assessable(trial: Trial) -> bool:
    """Tell whether every sum over the changed cells is printed whole."""
    touched = [check for check in trial.checks if not trial.changed.isdisjoint(check.cells)]
    return all(check.outcome != "not_assessable" for check in touched)


def test_precision_and_recall_are_shares_of_what_was_planted(tried: list[Trial]) -> None:
    for verdict in [*of_checks(tried), *of_reviews(tried)]:
        assert verdict.precision.count <= verdict.precision.of
        assert verdict.recall.count <= verdict.recall.of <= len(tried)
        assert verdict.alone <= verdict.recall.count


def test_noticed_faults_are_counted_as_a_second_plain_count_has_them(tried: list[Trial]) -> None:
    for one in noticed(tried):
        some = [trial for trial in tried if trial.fault == one.fault]
        seen = 0
        for trial in some:
            old = {check.id for check in trial.checks_before if check.outcome == "broken"}
            new = [check for check in trial.checks if check.outcome == "broken" and check.id not in old]
            seen += any(set(check.cells) & trial.changed for check in new)
        assert (one.by_checks.count, one.by_checks.of) == (seen, len(some))


def test_trials_are_told_in_tables(tried: list[Trial]) -> None:
    assert len(faults_table(tried)) == 1 + len(FAULTS)
    assert verdicts_table(tried)[1][0].startswith("requests.")


def test_rows_that_are_moved_with_their_labels_are_to_be_reviewed() -> None:
    golds = [msgspec.convert(one.gold, Record) for one in samples(78, 5)]
    results = [one for right in right_ones(golds) for one in moved(right)]
    rows = [one for one in results if one.what == "two rows of a group"]
    assert rows
    assert all("rows_out_of_order" in one.codes for one in rows)
    assert len(moved_table(results)) == 3
