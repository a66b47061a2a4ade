"""The commands about label files and models: exit codes, streams, and nothing written where refused."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.resources import folder
from tests.project import ROOT
from training.labels.label_files import write
from training.model.train import corpus

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def nianbao(tmp_path: Path) -> Run:
    """Run the command in a folder with two label files and their texts."""
    for n, one in enumerate(corpus(12, 2)):
        for place in ("labelled", "texts"):
            (tmp_path / place).mkdir(exist_ok=True)
        write(tmp_path / "labelled" / f"{n}局2022.tsv", one.text, one.labels)
        (tmp_path / "texts" / f"{n}局2022.txt").write_bytes(one.text.encode())

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "nlp", *map(str, arguments)]
        path = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
        done = subprocess.run(command, cwd=tmp_path, env=path, capture_output=True, encoding="utf-8")
        assert "Traceback" not in done.stderr
        assert "a fault of nianbao" not in done.stderr
        return done

    return run


def spoilt(tmp_path: Path) -> None:
    file = tmp_path / "labelled" / "0局2022.tsv"
    file.write_text(file.read_text(encoding="utf-8").replace("heading\t", "title\t", 1), encoding="utf-8")


def test_sound_labels_end_with_0_and_wrong_ones_with_3(nianbao: Run, tmp_path: Path) -> None:
    assert nianbao("labels", "check", "labelled", "--texts", "texts").returncode == 0
    spoilt(tmp_path)
    done = nianbao("labels", "check", "labelled")
    assert (done.returncode, done.stdout) == (3, "")
    assert "0局2022.tsv:" in done.stderr
    assert "'title' is no label" in done.stderr


@pytest.mark.parametrize("format", ["label-studio", "doccano", "prodigy", "conll"])
def test_labels_go_out_and_come_back_byte_for_byte(nianbao: Run, tmp_path: Path, format: str) -> None:
    assert nianbao("labels", "export", "labelled", "--to", format, "-o", "out").returncode == 0
    assert nianbao("labels", "import", "out", "--from", format, "-o", "back").returncode == 0
    for file in (tmp_path / "labelled").iterdir():
        assert (tmp_path / "back" / file.name).read_bytes() == file.read_bytes()


def test_an_import_never_writes_over_corrected_labels_unasked(nianbao: Run, tmp_path: Path) -> None:
    nianbao("labels", "export", "labelled", "--to", "doccano", "-o", "out")
    (tmp_path / "labelled" / "0局2022.tsv").write_text("narrative\t无", encoding="utf-8")
    done = nianbao("labels", "import", "out", "--from", "doccano", "-o", "labelled")
    assert done.returncode == 4
    assert (tmp_path / "labelled" / "0局2022.tsv").read_text(encoding="utf-8") == "narrative\t无"
    again = nianbao("labels", "import", "out", "--from", "doccano", "-o", "labelled", "--overwrite")
    assert again.returncode == 0


def test_a_file_that_is_none_is_refused_and_nothing_written(nianbao: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("{", encoding="utf-8")
    done = nianbao("labels", "import", "out", "--from", "prodigy", "-o", "back")
    assert done.returncode == 3
    assert "out:1:" in done.stderr
    assert not (tmp_path / "back").exists()


def test_delta_writes_the_files_that_differ_as_the_model_has_them(nianbao: Run, tmp_path: Path) -> None:
    file = tmp_path / "labelled" / "0局2022.tsv"
    right = file.read_bytes()
    file.write_bytes(right.replace(b"heading\t", b"narrative\t", 1))
    done = nianbao("labels", "delta", "labelled", "-o", "delta")
    assert done.returncode == 0
    assert done.stdout.split("\t")[1:3] == ["narrative", "heading"]
    lines = right.splitlines()
    changed = next(n for n, line in enumerate(lines) if line.startswith(b"heading\t"))
    delta = (tmp_path / "delta" / file.name).read_bytes().splitlines()
    assert delta[changed] == lines[changed]


def test_next_lists_files_with_their_lines(nianbao: Run) -> None:
    done = nianbao("labels", "next", "texts", "-n", "1", "--lines", "2")
    first, *lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert first.startswith("texts/")
    assert all(line.startswith("\t") for line in lines)


def test_info_tells_what_a_model_is(nianbao: Run) -> None:
    done = nianbao("info")
    assert done.returncode == 0
    assert "measured on agencies held out" in done.stdout
    assert json.loads(nianbao("info", "--json").stdout)["name"] == "lines"


@pytest.mark.parametrize(
    "arguments",
    [
        ["info", "model"],
        ["models", "compare", "model", "model"],
        ["models", "promote", "model", "--place", "other"],
        ["models", "restore", "abc", "--place", "other"],
        ["labels", "delta", "labelled", "--model", "model"],
        ["labels", "next", "texts", "--model", "model"],
    ],
    ids=" ".join,
)
def test_a_damaged_model_is_refused_with_3(nianbao: Run, tmp_path: Path, arguments: list[str]) -> None:
    shutil.copytree(folder("models") / "lines", tmp_path / "model")
    content = bytearray((tmp_path / "model" / "model.json").read_bytes())
    content[-200] ^= 1
    (tmp_path / "model" / "model.json").write_bytes(content)
    done = nianbao(*arguments)
    assert (done.returncode, done.stdout) == (3, "")
    assert not (tmp_path / "other").exists()


def test_a_model_is_promoted_listed_and_restored(nianbao: Run, tmp_path: Path) -> None:
    shipped = folder("models") / "lines"
    assert nianbao("models", "promote", shipped, "--place", "models/lines").returncode == 0
    done = nianbao("models", "promote", shipped, "labelled", "--place", "models/lines", "--documents", "5")
    assert done.returncode == 0
    assert "not inferior by more than the margins." in done.stdout
    assert nianbao("models", "list", "--place", "models/lines").stdout.count("\n") == 3
