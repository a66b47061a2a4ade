"""What docs/overview.md shows runs, and what it says of figures and marks is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from msgspec import json

from nlp.commands.cli import main
from nlp.overview.report_table import MOST_ROWS
from nlp.overview.words import known
from nlp.overview.workbooks.books import MOST_SHEETS
from tests.project import ROOT
from training.across.example import example

PAGES = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("overview.md", "overview.zh.md")]


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh"])
def test_its_commands_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("records.jsonl").write_bytes(b"".join(json.encode(record) + b"\n" for record in records()))
    (block,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    for line in block.splitlines():
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(line)[1:])
        assert not ended.value.code, line
    assert Path("overview.html").stat().st_size > 10_000
    assert Path("corrected.jsonl").exists()


def records() -> list[object]:
    """Return the records of the example as whole ones, with ids that corrections can name."""
    made = []
    for n, record in enumerate(example()):
        line = json.decode(json.encode(record))
        line["id"], line["source"]["sha256"] = f"{n:016x}", f"{n:016x}" * 4
        line["source"] |= {"encoding": "utf-8", "replaced_characters": 0, "lines": 90}
        for rows in line["tables"].values():
            for cells in rows.values():
                for cell in cells.values():
                    cell |= {"text": None if cell["value"] is None else str(cell["value"]), "span": None}
        line["sections"] = [
            {"kind": "overview", "title": "", "level": 1, "lines": [1, 2], **section}
            for section in line["sections"]
        ]
        made.append(line)
    return made


def test_its_limits_and_marks_are_those_of_the_program() -> None:
    english, chinese = PAGES
    assert f"{MOST_ROWS:,} reports" in english
    assert f"up to {MOST_SHEETS} agencies" in english
    assert f"最多 {MOST_SHEETS} 个机关" in chinese
    for name in ("blank", "missing", "right"):
        assert known("workbook")[name] in english
        assert known("workbook")[name] in chinese
