"""Finding the inputs that a user named."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input, find


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
