"""Finding the inputs that a user named."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlsxwriter

from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input, find
from nlp.reading.passed_over import WORKBOOKS, PassedOver
from nlp.reading.xlsx.in_folders import WRITER, holds_form
from tests.hostile.making import zipped


def test_folders_are_searched_recursively_and_inputs_are_sorted(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/c/1.txt", ".hidden", "b/.git/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [Path(input.path).relative_to(tmp_path).as_posix() for input in find([str(tmp_path)])]
    assert found == ["a.txt", "b/2.txt", "b/c/1.txt"]


def test_an_input_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert len(find([str(tmp_path), str(tmp_path / "a.txt")])) == 1


def test_a_path_that_is_not_there_is_an_input_that_says_so(tmp_path: Path) -> None:
    (input,) = find([str(tmp_path / "no.txt")])
    with pytest.raises(Unreadable, match="no such file") as refusal:
        input.read()
    assert refusal.value.code == "not_found"


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(Unreadable) as refusal:
        Input(str(tmp_path / "a.txt")).read()
    assert refusal.value.code == "not_permitted"


def test_a_folder_read_as_a_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        Input(str(tmp_path)).read()


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"abc")))
    (input,) = find(["-"])
    assert (input.name, input.read()) == ("stdin", b"abc")


def test_a_hidden_file_that_was_named_is_read(tmp_path: Path) -> None:
    (tmp_path / ".a.txt").write_text("x")
    assert len(find([str(tmp_path / ".a.txt")])) == 1


def test_a_path_that_is_not_utf_8_and_not_there_is_told_with_marks_in_it(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refusal:
        Input(os.fsdecode(b"\xff.txt")).read()
    assert refusal.value.message == "\ufffd.txt: there is no such file."


def workbook(rows: list[list[str]], author: str = "") -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.set_properties({"author": author})
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return content.getvalue()


FORM = [
    ["规章", "1"],
    ["行政规范性文件", "0"],
    ["行政许可", "3"],
    ["行政处罚", "0"],
    ["行政强制", "0"],
    ["行政事业性收费", "2"],
]


def test_of_workbooks_in_a_folder_those_with_the_form_are_read(tmp_path: Path) -> None:
    books = {
        "form.xlsx": workbook(FORM),
        "budget.xlsx": workbook([["行政许可", "3"], ["办公费", "12"], ["差旅费", "8"]]),
        "exported.xlsx": workbook(FORM, WRITER),
        "cut.xlsx": workbook(FORM)[:-30],
    }
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook\0".encode("utf-16-le")
    books["old.xls"] = old + "|".join(row[0] for row in FORM).encode("utf-16-le")
    books["other.xls"] = old + "办公费".encode("utf-16-le")
    for name, content in books.items():
        (tmp_path / name).write_bytes(content)
    passed = PassedOver()
    found = [input.name for input in find([str(tmp_path)], passed)]
    assert found == ["cut.xlsx", "form.xlsx", "old.xls"]
    assert passed.counts() == {WORKBOOKS: 3}
    assert len(find([str(tmp_path / "budget.xlsx")])) == 1


def test_workbooks_in_archives_are_chosen_as_in_folders(tmp_path: Path) -> None:
    members = {"2023/form.xlsx": workbook(FORM), "2023/budget.xlsx": workbook([["办公费", "12"]])}
    (tmp_path / "a.zip").write_bytes(zipped(members))
    passed = PassedOver()
    assert [input.name for input in find([str(tmp_path / "a.zip")], passed)] == ["form.xlsx"]
    assert passed.counts() == {WORKBOOKS: 1}


def test_workbooks_that_write_characters_by_their_numbers_are_told() -> None:
    texts = zipfile.ZipFile(io.BytesIO(workbook(FORM))).read("xl/sharedStrings.xml").decode()
    by_numbers = texts.encode("ascii", "xmlcharrefreplace")
    assert b"&#" in by_numbers
    assert holds_form(zipped({"xl/sharedStrings.xml": by_numbers}))


def test_what_nianbao_writes_is_no_form() -> None:
    from nlp.writers.tables import tables
    from nlp.writers.xlsx_workbook import workbook as written

    @dataclass
    class Empty:
        name: str
        table: object
        last: int = 1

    assert not holds_form(written([Empty("a", tables()[0])], "zh"))  # type: ignore[list-item]
