"""The catalogue of noise: each page in tests/cases reads as its case says."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from msgspec import UNSET

from nlp.checking.review import Findings, review
from nlp.checking.sums import assess
from nlp.form import form as forms
from nlp.narrative.identity.identity import Identity
from nlp.narrative.identity.no_report import Appearance
from nlp.record.model import Cell, Number, Report, Review, Section, Source
from nlp.resources import folder
from nlp.tables.assemble import Assembly, assemble
from nlp.text.lines import Line, split
from tests.project import ROOT

CASES = ROOT / "tests" / "cases"
KINDS = frozenset(range(1, 37))
TABLES = ("disclosure", "requests", "review_litigation")
OTHERS = ("overview", "problems_and_improvements", "other_matters")
TAB = "⇥"


def cases(*names: str) -> list[Any]:
    files = (tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8")) for name in names)
    return [pytest.param(case, id=case["name"]) for file in files for case in file["case"]]


def page(case: dict[str, Any]) -> str:
    return str(case["page"]).replace(TAB, "\t").removesuffix("\n")


def labels(case: dict[str, Any], lines: list[Line]) -> list[str | None]:
    """Every line of a table case is a table's, but for those that the case calls something else."""
    named = {n: label for label in ("furniture", "heading", "narrative") for n in case.get(label, ())}
    return [named.get(line.n, _label(line)) for line in lines]


def _label(line: Line) -> str | None:
    if line.blank:
        return None
    return "numeric_cell" if re.fullmatch(r"[\d\s.,]+", line.plain) else "table_row"


def assembled(case: dict[str, Any]) -> Assembly:
    lines = split(page(case))
    whole = {case["table"]: [1, len(lines)]} if "table" in case else {}
    spans = {table: (first, last) for table, (first, last) in case.get("spans", whole).items()}
    return assemble(lines, labels(case, lines), spans, case.get("year", 2022))


def reasons(case: dict[str, Any], assembly: Assembly) -> list[Review]:
    """What a person must look at, were all else about the document in order."""
    assert assembly.form is not None
    source = Source(case["name"], "", "", "text/plain", "utf-8", 0, 1)
    sections = [Section(kind, kind, 1, (1, 1), "", []) for kind in (*TABLES, *OTHERS)]
    checks = assess(assembly.form, assembly.tables)
    whose = Identity("某局", 0.99, (0, 2), year=case.get("year", 2022), year_confidence=0.99)
    report = Appearance(9.0, "", "")
    return review(Findings(source, whose, report, assembly, sections, [], [], checks))


def shown(cell: Cell) -> Number | str | None:
    return cell.value if cell.state == "printed" else cell.state


def got(assembly: Assembly, name: str) -> list[Number | str | None]:
    """The cells of `table.row`, or the one of `table.row.column`."""
    table, row, *column = name.split(".")
    cells = assembly.tables[table].get(row, {})
    return [shown(cell) for id, cell in cells.items() if not column or id == column[0]]


def check_tables(case: dict[str, Any]) -> None:
    assembly = assembled(case)
    text = page(case)
    expected = {name: value if isinstance(value, list) else [value] for name, value in case["cells"].items()}
    assert {name: got(assembly, name) for name in expected} == expected
    for rows in assembly.tables.values():
        for cell in (cell for row in rows.values() for cell in row.values()):
            assert cell.span is None or text[slice(*cell.span)] == cell.text
    if "form" in case:
        assert assembly.form is forms.named(case["form"])
    codes = {reason.code for reason in reasons(case, assembly)}
    assert codes >= set(case.get("review", ()))
    assert codes - {"cells_missing"} or not case.get("flagged"), "a person must be told"
    if "checks" in case:
        assert assembly.form is not None
        blames = {check.id: check.blame for check in assess(assembly.form, assembly.tables)}
        assert {id: blames[id] or "" for id in case["checks"]} == case["checks"]


@pytest.mark.parametrize("case", cases("wild", "synthetic", "negative"))
def test_page_reads_as_its_case_says(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "report" in case:
        check_report(case, request.getfixturevalue("read"))
    else:
        check_tables(case)


@pytest.mark.xfail(strict=True, reason="known failure: move the case to another file once it is cured")
@pytest.mark.parametrize("case", cases("known_failures"))
def test_known_failure_still_fails(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "report" in case:
        check_report(case, request.getfixturevalue("read"))
    else:
        check_tables(case)


def test_every_kind_of_noise_has_a_case() -> None:
    named = {kind for param in cases("wild", "synthetic", "negative") for kind in param.values[0]["noise"]}
    assert named >= KINDS


def test_names_of_cases_are_unique() -> None:
    names = [param.id for param in cases("wild", "synthetic", "negative", "known_failures")]
    assert len(names) == len(set(names))


@pytest.fixture(scope="session")
def read() -> Any:
    """From a case to its report, read with the shipped model."""
    if not (folder("models") / "lines").is_dir():
        pytest.skip("no model is shipped")
    pipeline = pytest.importorskip("nlp.pipeline")
    document = pytest.importorskip("nlp.reading.document")
    decode = pytest.importorskip("nlp.reading.text").decode
    reader = pipeline.Reader()

    def of(case: dict[str, Any]) -> Report:
        decoded = decode(page(case).encode(case.get("encoding", "utf-8")))
        lines = decoded.text.count("\n") + 1
        source = Source(case["name"], "", "", "text/plain", decoded.encoding, decoded.replaced, lines)
        report = reader.report(document.Document(source, decoded.text))
        assert isinstance(report, Report)
        return report

    return of


def check_report(case: dict[str, Any], read: Any) -> None:
    report: Report = read(case)
    expected = case["report"]
    assert report.error is UNSET
    found = {
        "organization": report.organization,
        "year": report.year,
        "sections": {s.kind: list(s.lines) for s in report.sections if s.kind != "preface"},
        "problems": [problem.text for problem in report.problems],
        "improvements": [improvement.text for improvement in report.improvements],
        "answers": [improvement.answers for improvement in report.improvements],
        "cells": {name: shown(report.cell(name)) for name in expected.get("cells", ())},
    }
    assert {key: found[key] for key in expected} == expected
