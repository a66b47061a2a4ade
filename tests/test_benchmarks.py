"""The speed table: every figure can be measured and says what it is; how fast is not asked here."""

from __future__ import annotations

from importlib import import_module
from math import isfinite
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec import json

from benchmarks import memory, pdf_reading
from benchmarks.__main__ import main
from benchmarks.cold_reading import ColdReading
from benchmarks.documents import reports, texts
from benchmarks.figure import Figure, Measured
from benchmarks.figures import FIGURES
from benchmarks.grown_documents import KINDS
from benchmarks.million import million
from benchmarks.peers import PEERS
from benchmarks.plain_fill import filled
from benchmarks.table import line, page
from nlp.form.form import named

PROCESSES = ("two_workers", "memory", "over_dask", "export_time", "export_memory")
"""They start many processes, which takes seconds."""
SLOW = ("pdf_over_text", "pdf_over_tables", "pdf_cells")
"""They run the slow readers of PDF beside ours."""
MARKS = {**dict.fromkeys(PROCESSES, pytest.mark.full), **dict.fromkeys(SLOW, pytest.mark.slow)}
NAMES = [pytest.param(name, marks=MARKS.get(name, ())) for name in FIGURES]
RATIO = Figure("a", "a ÷ b", 0.35, lambda quick: Measured(0.3, {"a, ms": 3.0, "b, ms": 10.0}, "2 documents"))
SPEED_UP = Figure("b", "b ÷ a", 0.85, RATIO.measure, at_least=True)
WAIT = Figure("c", "c", 0.2, RATIO.measure, unit="s")


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_a_number_made_of_numbers(name: str) -> None:
    measured = FIGURES[name].measure(True)
    assert measured.value is not None
    assert isfinite(measured.value)
    assert measured.parts
    assert all(map(isfinite, measured.parts.values()))
    assert measured.note


def test_memory_that_cannot_be_told_is_no_figure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(memory, "_PROCESSES", tmp_path)
    measured = memory.measure(True)
    assert measured.value is None
    assert "/proc" in measured.note


def test_no_two_documents_are_alike() -> None:
    assert len(set(texts(60, written=20))) == 60


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_grows_as_its_kind_says(kind: str) -> None:
    one, two, four = (len(KINDS[kind](times)) for times in (1, 2, 4))
    assert len(reports(1)[0].text) <= one < two < four


@pytest.fixture(scope="module")
def memos() -> list[str]:
    import_module("nlp.form.labels.normalised")
    return ColdReading().memos


def test_what_remembers_label_texts_is_found_without_a_list(memos: list[str]) -> None:
    assert any(memo.startswith("nlp.form.labels.normalised.") for memo in memos)


def test_what_is_loaded_once_is_no_memo(memos: list[str]) -> None:
    loaded = {
        "nlp.form.form.editions",
        "nlp.form.labels.lexicon.lexicon",
        "nlp.running.extraction.loaded",
        "nlp.text.words.cutter",
    }
    assert loaded.isdisjoint(memos)


@pytest.mark.parametrize(
    ("figure", "value", "said"),
    [
        (RATIO, 0.35, "a                    0.35  ≤ 0.35    met"),
        (RATIO, 1.4, "a                    1.40  ≤ 0.35    **not met**"),
        (SPEED_UP, 0.9, "b                    0.90  ≥ 0.85    met"),
        (WAIT, 0.055, "c                  0.06 s  ≤ 0.2 s   met"),
        (RATIO, None, "a                not measured  ≤ 0.35    why"),
    ],
)
def test_a_line_says_the_figure_its_target_and_whether_it_is_met(
    figure: Figure, value: float | None, said: str
) -> None:
    assert line(figure, Measured(value, {}, "why")) == said


def test_the_page_has_a_row_for_each_figure_with_its_target() -> None:
    written = page({name: Measured(0.5, {"a, ms": 1.0}, "note") for name in FIGURES}, "2024-03-01")
    assert all(f"| {figure.what} | 0.50" in written and figure.aim in written for figure in FIGURES.values())
    assert "2024-03-01" in written


def test_the_program_measures_what_is_named_and_writes_every_number(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    ran = CliRunner().invoke(main, ["help", "--quick", "--json", str(file)])
    assert ran.exit_code == 0, ran.output
    assert ran.output.startswith("help")
    assert list(json.decode(file.read_bytes())["figures"]) == ["help"]


def test_a_figure_that_is_not_there_is_refused() -> None:
    assert CliRunner().invoke(main, ["speed"]).exit_code == 2


def test_a_figure_whose_peers_are_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reading, "missing", lambda: ["pypdf"])
    measured = pdf_reading.CELLS.measure(True)
    assert measured.value is None
    assert measured.note == "needs pypdf: pip install 'nianbao[bench]'"


def test_a_plain_fill_takes_numbers_in_their_order_and_knows_no_labels() -> None:
    tables = ["第二十条第（一）项", "规章", "1", "—", "2,345件", "1.属于国家秘密"]
    pieces = ["2021", *tables, "五、存在的问题", "7"]
    cells = filled(pieces, named("2021"))
    assert list(cells.values())[:4] == [1, None, 2345, None]
    assert set(list(cells.values())[4:]) == {None}


@pytest.mark.slow
def test_every_peer_reads_every_pdf_and_gets_some_of_it_right() -> None:
    found = pdf_reading.readings(True)
    assert set(found) == {"nianbao", *PEERS}
    assert {len(done) for done in found.values()} <= {2, 3}
    assert all(one.cells // 2 < one.right <= one.cells for done in found.values() for one in done)


def test_a_million_reports_are_the_measured_time_a_million_times() -> None:
    found = {
        "text_extraction": Measured(0.3, {"nianbao, ms": 3.6}, ""),
        "over_dask": Measured(0.9, {"a record, KB": 60.0}, ""),
    }
    assert "| text | 3.6 | 1.0 | 0.1 |" in million(found)
    assert "60 GB of JSON Lines (60 KB each)" in million(found)
    assert million({"help": Measured(0.1, {}, "")}) == ""
