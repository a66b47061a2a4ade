"""Files of corrections: read, added to, torn by a crash, written by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nlp.correcting.decisions import decisions, undoing
from nlp.correcting.files import BadCorrections, append, lines, read
from nlp.correcting.merging import merged
from nlp.record.corrections import Correction

ID, OTHER = "0123456789abcdef", "fedcba9876543210-2"


def year(value: int, by: str = "Li", at: str = "", id: str = ID) -> Correction:
    return Correction(id=id, field="year", read=2020, value=value, by=by, at=at)


def test_what_was_added_is_read_in_its_order(tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    append(str(file), [year(2021)])
    append(str(file), [year(2022), year(2023, id=OTHER)])
    assert read(str(file)).corrections == [year(2021), year(2022), year(2023, id=OTHER)]


@pytest.mark.parametrize("length", range(1, 99, 7))
def test_a_line_that_a_crash_broke_off_is_no_correction_ever(tmp_path: Path, length: int) -> None:
    file = tmp_path / "corrections.jsonl"
    content = lines([year(2021)])
    file.write_bytes(content + lines([year(2022)])[:length])
    assert read(str(file)) == ([year(2021)], 1)
    append(str(file), [year(2023)])
    append(str(file), [year(2024)])
    assert read(str(file)) == ([year(2021), year(2023), year(2024)], 1)
    assert file.read_bytes().startswith(content + lines([year(2022)])[:length]), "nothing was edited"


def test_a_last_line_that_lacks_its_line_feed_only_counts(tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + lines([year(2021)]).strip())
    append(str(file), [year(2022)])
    assert read(str(file)) == ([year(2021), year(2022)], 0)


def test_many_may_add_at_once(tmp_path: Path) -> None:
    file = str(tmp_path / "corrections.jsonl")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: append(file, [year(2000 + n), year(2100 + n)]), range(40)))
    written = read(file).corrections
    assert len(written) == 80
    assert all(b.value == a.value + 100 for a, b in zip(written[::2], written[1::2], strict=True))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"\xff\xfe\x00", "this is no correction"),
        (b"[1, 2]", "this is no correction"),
        (b'{"id": "x", "field": "year", "value": 2022}', "no id of a report"),
        (b'{"field": "yaer", "value": 2022}', "no field"),
        (b'{"field": "tables.requests.totl.total", "value": 2}', "totl"),
        (b'{"field": "tables.requests.total.total", "value": "2"}', "no number"),
        (b'{"field": "tables.requests.total.total", "value": true}', "no number"),
        (
            b'{"id": "0123456789abcdef", "field": "tables.requests.total.total", "value": 2.5}',
            "no whole number",
        ),
        (b'{"field": "tables.requests.total.total"}', "`value`"),
        (b'{"field": "year", "state": "confirmed"}', "`read`"),
        (b'{"field": "year", "state": "missing"}', "cannot be missing"),
        (b'{"field": "problems.0", "value": {"text": " "}}', "needs a text"),
        (
            b'{"id": "0123456789abcdef", "field": "problems", "value": ["a", {"text": "b", "span": [3, 1]}]}',
            "item 1",
        ),
        (
            b'{"id": "0123456789abcdef", "field": "improvements.0", "value": {"text": "b", "answers": [0]}}',
            "texts",
        ),
        (b'{"field": "sections.overview", "value": [5, 4]}', "lines"),
        (b'{"field": "year", "read": "soon", "value": 2022}', "`read`: “soon” is no year"),
        (b'{"field": "problems", "read": 3, "state": "confirmed"}', "`read`: the value of a list"),
        (b'{"field": "sections.overview", "read": {"lines": 5}, "state": "missing"}', "`read`: `lines`"),
        (b'{"field": "tables.requests.total.total", "read": {"state": "odd"}, "value": 1}', "no state"),
        (b'{"field": "tables.requests.total.total", "value": 1e300}', "greater than any"),
        (b'{"field": "tables.requests.total.total", "value": 1' + b"0" * 400 + b"}", "greater than any"),
        (b'{"field": "problems", "value": ' + b"[" * 5000, "this is no correction"),
        (b'{"field": "review.nonsense", "state": "confirmed"}', "no field"),
        (b'{"field": "form", "value": "1999"}', "no form"),
    ],
)
def test_what_is_no_correction_is_told_with_its_line(tmp_path: Path, line: bytes, words: str) -> None:
    file = tmp_path / "corrections.jsonl"
    line = line.replace(b'{"field"', b'{"id": "0123456789abcdef", "field"')
    file.write_bytes(lines([year(2021)]) + line + b"\n" + lines([year(2022)]))
    with pytest.raises(BadCorrections) as told:
        read(str(file))
    assert str(told.value).startswith(f"{file}:2: ")
    assert words in str(told.value)


def test_a_wrong_correction_is_never_added(tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    with pytest.raises(BadCorrections):
        append(str(file), [year(2021), Correction(id=ID, field="year", value="soon")])
    assert not file.exists()


def test_an_undo_is_one_line_more() -> None:
    made = [year(2021), year(2022)]
    undo = undoing(made[:1], made[1], "Wu", "")
    assert decisions([*made, undo])[ID]["year"].value == 2021
    again = undoing([], made[0], "Wu", "")
    assert decisions([*made, undo, again]) == {}


def test_two_files_are_one_and_their_conflicts_told() -> None:
    common = [year(2021, at="1")]
    ours = [*common, year(2022, "Li", "3"), year(2022, "Li", "3", OTHER)]
    theirs = [*common, year(2023, "Wu", "2"), year(2022, "Wu", "4", OTHER)]
    both = merged(ours, theirs)
    assert [(conflict.id, conflict.ours.by, conflict.theirs.by) for conflict in both.conflicts] == [
        (ID, "Li", "Wu")
    ]
    assert set(map(id, both.corrections[:-1])) <= set(map(id, [*ours, *theirs]))
    assert len(both.corrections) == 1 + 2 + 2 + 1
    counting = decisions(both.corrections)
    assert counting[ID]["year"].state == "disputed"
    assert counting[OTHER]["year"].value == 2022
    settled = [*both.corrections, year(2023, "Ma", "5")]
    assert decisions(settled)[ID]["year"].value == 2023


def test_a_list_here_and_an_item_of_it_there_are_a_conflict() -> None:
    ours = [Correction(id=ID, field="problems", value=["甲"])]
    theirs = [Correction(id=ID, field="problems.1", value="乙")]
    assert [conflict.field for conflict in merged(ours, theirs).conflicts] == ["problems"]


def test_merging_a_file_with_itself_or_a_copy_changes_nothing() -> None:
    ours = [year(2021), year(2022)]
    assert merged(ours, ours) == (ours, [])
    assert merged(ours, ours[:1]) == (ours, [])
