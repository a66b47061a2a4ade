"""Makes records of agencies for the tests."""

from __future__ import annotations

from hashlib import sha256

from nlp.record.model import Cell, Report, Section, Source


def report(
    organization: str | None,
    preface: str = "",
    path: str = "a.txt",
    year: int | None = 2022,
    value: int = 0,
    file: str = "",
) -> Report:
    """Return a record with a preface and one cell; `file` tells apart files that hold the same."""
    source = Source(
        name=path.rpartition("/")[2],
        path=path,
        sha256=sha256(f"{path}{file}".encode()).hexdigest(),
        media_type="text/plain",
        encoding="utf-8",
        replaced_characters=0,
        lines=9,
    )
    cell = Cell(value, str(value), "printed", 1, (0, 1), 0.99)
    return Report(
        source=source,
        organization=organization,
        year=year,
        tables={"requests": {"total": {"total": cell}}},
        sections=[Section("preface", "", 1, (1, 1), preface)],
    )
