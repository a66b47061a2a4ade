"""The named pages of tests/cases, and what each of them is not read as, though it should be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import UNSET

from nlp.checking.confidence import CERTAIN
from nlp.checking.reading_order import misplaced
from nlp.checking.review import Findings, review
from nlp.checking.sums import assess
from nlp.narrative.identity.identity import Identity
from nlp.narrative.identity.no_report import Appearance
from nlp.reading.document import Document
from nlp.reading.text import decode
from nlp.record.model import Cell, Number, Report, Section, Source
from nlp.resources import folder
from nlp.running.extraction import loaded
from nlp.running_on.breaks import breaks
from nlp.tables.assemble import Assembly, assemble
from nlp.text.lines import Line, broken, split

Case = dict[str, Any]
"""A page and what it should be read as, as it stands in its file."""

FILES = ("wild", "synthetic", "negative", "tables")
"""The files of cases that are read as they say; those of `known_failures` are not."""
FOLDER = folder("data").parent / "tests" / "cases"
_TAB = "⇥"
_CHAPTERS = (
    "disclosure",
    "requests",
    "review_litigation",
    "overview",
    "problems_and_improvements",
    "other_matters",
)
_NUMBERS = re.compile(r"[\d\s.,]+")

Shown = Number | str | None
"""A cell's value if it is printed, else its state."""


def cases(names: Sequence[str] = FILES) -> Iterator[Case]:
    """Yield the cases of some files.

    >>> next(cases(["synthetic"]))["table"]
    'requests'
    """
    for name in names:
        file = FOLDER / f"{name}.toml"
        yield from tomllib.loads(file.read_text(encoding="utf-8"))["case"]


def page(case: Case) -> str:
    """Return a case's page: its file shows a tab as ⇥."""
    return str(case["page"]).replace(_TAB, "\t").removesuffix("\n")


def assembled(case: Case) -> Assembly:
    """Return the tables of a case that has no whole report, by labels that the case itself gives."""
    text = page(case)
    lines = split(text)
    lines = broken(lines, breaks(lines))
    spans = case.get("spans", {})
    if "table" in case:
        spans = {case["table"]: [1, len(lines)]}
    chapters = {table: (first, last) for table, (first, last) in spans.items()}
    return assemble(lines, _labels(case, lines), chapters, case.get("year", 2022) or None)


def report_of(case: Case) -> Report:
    """Return the report of a case that is one, read with the shipped model."""
    decoded = decode(page(case).encode(case.get("encoding", "utf-8")))
    lines = decoded.text.count("\n") + 1
    source = Source(case["name"], "", "", "text/plain", decoded.encoding, decoded.replaced, lines)
    return loaded(None).report(Document(source, decoded.text))


def read_as(assembly: Assembly, name: str) -> list[Shown]:
    """Return the cells of `table.row`, or the one of `table.row.column`."""
    return [shown(cell) for cell in _cells(assembly, name)]


def _cells(assembly: Assembly, name: str) -> list[Cell]:
    table, row, *column = name.split(".")
    cells = assembly.tables[table].get(row, {})
    return [cell for id, cell in cells.items() if not column or id == column[0]]


def shown(cell: Cell) -> Shown:
    """Return a cell's value if it is printed, else its state."""
    return cell.value if cell.state == "printed" else cell.state


def misread(case: Case) -> dict[str, tuple[object, object]]:
    """Return what a case expects and what is read instead, by what it is about; nothing if all is right.

    >>> [case["name"] for case in cases(["synthetic"]) if misread(case)]
    []
    """
    return _misread_report(case) if "report" in case else _misread_tables(case)


def _misread_tables(case: Case) -> dict[str, tuple[object, object]]:
    assembly = assembled(case)
    differing: dict[str, tuple[object, object]] = {}
    if assembly.form is None:
        return {"form": (case.get("form"), None)}
    for name, value in case["cells"].items():
        expected = value if isinstance(value, list) else [value]
        cells = read_as(assembly, name)
        if cells != expected:
            differing[name] = (expected, cells)
    if assembly.form.edition != case.get("form", assembly.form.edition):
        differing["form"] = (case["form"], assembly.form.edition)
    reasons = _reasons(case, assembly)
    lacking = set(case.get("review", ())) - reasons
    if lacking:
        differing["review"] = (sorted(lacking), sorted(reasons))
    if case.get("flagged") and not reasons - {"cells_missing"}:
        differing["flagged"] = ("a reason to look", sorted(reasons))
    unexpected = set(case.get("no_review", ())) & reasons
    if unexpected:
        differing["no_review"] = (sorted(unexpected), sorted(reasons))
    for key, is_sure in (("sure", True), ("unsure", False)):
        for name in case.get(key, ()):
            if all(cell.confidence >= CERTAIN for cell in _cells(assembly, name)) != is_sure:
                differing[f"{key} {name}"] = (is_sure, not is_sure)
    differing |= _elsewhere(page(case), assembly)
    blames = {check.id: check.blame or "" for check in assess(assembly.form, assembly.tables)}
    for check, blame in case.get("checks", {}).items():
        if blames[check] != blame:
            differing[check] = (blame, blames[check])
    return differing


def _elsewhere(text: str, assembly: Assembly) -> dict[str, tuple[object, object]]:
    """Return the cells whose texts are not what their spans hold."""
    differing: dict[str, tuple[object, object]] = {}
    for table, rows in assembly.tables.items():
        for row, cells in rows.items():
            for column, cell in cells.items():
                held = cell.text if cell.span is None else text[slice(*cell.span)]
                if held != cell.text:
                    differing[f"text of {table}.{row}.{column}"] = (cell.text, held)
    return differing


def _misread_report(case: Case) -> dict[str, tuple[object, object]]:
    report = report_of(case)
    if report.error is not UNSET:
        return {"error": (None, report.error.code)}
    expected = case["report"]
    read = {
        "organization": report.organization,
        "year": report.year,
        "sections": {one.kind: list(one.lines) for one in report.sections if one.kind != "preface"},
        "problems": [problem.text for problem in report.problems],
        "improvements": [improvement.text for improvement in report.improvements],
        "answers": [improvement.answers for improvement in report.improvements],
        "cells": {name: shown(report.cell(name)) for name in expected.get("cells", ())},
    }
    differing: dict[str, tuple[object, object]] = {}
    for key, value in expected.items():
        if read[key] != value:
            differing[key] = (value, read[key])
    reasons = {reason.code for reason in report.review}
    lacking = set(case.get("review", ())) - reasons
    if lacking:
        differing["review"] = (sorted(lacking), sorted(reasons))
    return differing


def _reasons(case: Case, assembly: Assembly) -> set[str]:
    """Return the codes of what a person must look at, were all else about the document in order."""
    assert assembly.form is not None
    source = Source(case["name"], "", "", "text/plain", "utf-8", 0, 1)
    sections = [Section(kind, kind, 1, (1, 1), "", []) for kind in _CHAPTERS]
    checks = assess(assembly.form, assembly.tables)
    year = case.get("year", 2022) or None
    whose = Identity("某局", 0.99, (0, 2), year=year, year_confidence=0.99)
    report = Appearance(9.0, "", "")
    findings = Findings(
        source,
        whose,
        report,
        assembly,
        sections,
        [],
        [],
        checks,
        misplaced(assembly.tables, assembly.evidence),
    )
    return {reason.code for reason in review(findings)}


def _labels(case: Case, lines: Sequence[Line]) -> list[str | None]:
    """Label every line as a table's, but for those that the case calls something else."""
    labels: dict[int, str] = {}
    for label in ("furniture", "heading", "narrative"):
        labels |= dict.fromkeys(case.get(label, ()), label)
    return [labels.get(line.n, _table_label(line)) for line in lines]


def _table_label(line: Line) -> str | None:
    if line.blank:
        return None
    return "numeric_cell" if _NUMBERS.fullmatch(line.plain) else "table_row"
