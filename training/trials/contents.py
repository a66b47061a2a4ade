"""What an output holds, in words that can be compared: its records, or the rows of its tables."""

from __future__ import annotations

import csv
import gzip
import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

Content = dict[str, list[str]]
"""The records or rows of an output by table, and under `paths` the documents that they are of, one each."""


def content_of(path: Path) -> Content | None:
    """Return what an output holds; None where there is none. A damaged one raises."""
    if not path.exists():
        return None
    if path.is_dir():
        tables = {file.stem: _csv(file) for file in sorted(path.glob("*.csv"))}
        return {**tables, "paths": _csv_paths(path / "reports.csv")} if tables else None
    return _READERS[path.suffix](path)


def _lines(path: Path) -> Content:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    lines = content.decode("utf-8").removesuffix("\n").split("\n")
    return {"records": lines, "paths": [json.loads(line)["source"]["path"] for line in lines]}


def _csv(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()


def _csv_paths(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["path"] for row in csv.DictReader(file)]


def _one_csv(path: Path) -> Content:
    return {"reports": _csv(path), "paths": _csv_paths(path)}


def _parquet(path: Path) -> Content:
    from pyarrow import parquet

    rows = parquet.read_table(path).to_pylist()
    return {"reports": _told(rows), "paths": [row["path"] for row in rows]}


def _sqlite(path: Path) -> Content:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        (health,) = database.execute("PRAGMA integrity_check").fetchone()
        assert health == "ok", health
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {name: _told(database.execute(f'SELECT * FROM "{name}"')) for name in names}
        paths = [path for (path,) in database.execute("SELECT path FROM reports ORDER BY report")]
    return {**tables, "paths": paths}


def _duckdb(path: Path) -> Content:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as database:
        names = [name for (name,) in database.execute("SHOW TABLES").fetchall()]
        tables = {name: _told(database.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names}
        paths = [path for (path,) in database.execute("SELECT path FROM reports ORDER BY report").fetchall()]
    return {**tables, "paths": paths}


def _xlsx(path: Path) -> Content:
    with ZipFile(path) as book:
        assert book.testzip() is None
        sheets = sorted(name for name in book.namelist() if name.startswith("xl/"))
        parts = {name: [book.read(name).decode("utf-8")] for name in sheets}
    shared = re.findall(r"<si><t[^>]*>([^<]*)</t></si>", parts["xl/sharedStrings.xml"][0])
    reports = parts["xl/worksheets/sheet1.xml"][0]
    column = re.findall(r'<c r="F(\d+)"[^>]*t="s"><v>(\d+)</v>', reports)
    return {**parts, "paths": [shared[int(text)] for row, text in column if row != "1"]}


def _told(rows: Iterable[object]) -> list[str]:
    return sorted(json.dumps(row, ensure_ascii=False, default=str) for row in rows)


_READERS = {
    ".jsonl": _lines,
    ".gz": _lines,
    ".csv": _one_csv,
    ".parquet": _parquet,
    ".sqlite": _sqlite,
    ".duckdb": _duckdb,
    ".xlsx": _xlsx,
}
