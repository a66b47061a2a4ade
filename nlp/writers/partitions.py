"""Writes tables as Parquet in folders, a folder a year, in which each run or part has files of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from nlp.writers import parquet
from nlp.writers.formats import Choices, Destination
from nlp.writers.output import telling, unfinished
from nlp.writers.tables import DICTIONARY, Row, Table
from nlp.writers.unfinished import sync_folder

_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""What Hive names the folder of rows without a value, and DuckDB and pyarrow read as null."""
_RUNNING_NUMBER = "report"
"""The column that numbers the records of one run: it joins nothing over parts, and is left out."""
_YEAR = "year"


def without_running_number(table: Table) -> Table:
    """Return a table as it is in parts: `id` alone joins it to others."""
    return replace(table, columns=tuple(one for one in table.columns if one.id != _RUNNING_NUMBER))


@contextmanager
def writing(
    to: Destination, wanted: Sequence[Table], choices: Choices
) -> Iterator[Callable[[Table, list[Row]], None]]:
    """Yield a function that adds rows to tables; raises Unwritable.

    The files appear when all of them are written. Those of the same part that an earlier run wrote are
    replaced, and removed where this one has no rows for their year.
    """
    folder = Path(to.path)
    with telling(to.path):
        folder.mkdir(parents=True, exist_ok=True)
        with unfinished(folder / f"part-{to.part}") as whole:
            whole.new.mkdir()
            with ExitStack() as files:
                part = _Part(whole.new, to.part, choices, files)
                yield part.add
                part.finish(wanted)
            _publish(whole.new, folder, to.part, wanted)


@dataclass
class _Part:
    """The files of a part, in a folder of its own until all are written."""

    folder: Path
    name: str
    choices: Choices
    files: ExitStack
    written: dict[Path, parquet.RowGroups] = field(default_factory=dict)
    years: set[int | None] = field(default_factory=set)

    def add(self, table: Table, rows: list[Row]) -> None:
        """Add rows to the files of their years."""
        if table.id == DICTIONARY:
            kept = [row for row in rows if row[1] != _RUNNING_NUMBER]
            self._file(table, self.folder / f"{DICTIONARY}.parquet").add(kept)
            return
        columns = [column.id for column in table.columns]
        number, year = columns.index(_RUNNING_NUMBER), columns.index(_YEAR)
        inside = _inside(table)
        by_year: dict[int | None, list[Row]] = {}
        for row in rows:
            left = tuple(value for n, value in enumerate(row) if n not in (number, year))
            by_year.setdefault(cast("int | None", row[year]), []).append(left)
        for value, year_rows in by_year.items():
            self._file(inside, self._path(table, value)).add(year_rows)
        self.years.update(by_year)
        parquet.hold_within_bounds(self.written.values())

    def finish(self, wanted: Sequence[Table]) -> None:
        """Give a table without any row a file, so that it can be read; in a year that others have, if any.

        What reads folders tells the type of the year by their names, which one of no year does not show.
        """
        for table in wanted:
            if table.id != DICTIONARY and not (self.folder / table.id).exists():
                year = min((one for one in self.years if one is not None), default=None)
                self._file(_inside(table), self._path(table, year))

    def _path(self, table: Table, year: int | None) -> Path:
        header = next(column for column in table.columns if column.id == _YEAR).header(self.choices.headers)
        return self.folder / table.id / _named(header, year) / f"part-{self.name}.parquet"

    def _file(self, table: Table, path: Path) -> parquet.RowGroups:
        if path not in self.written:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = self.files.enter_context(path.open("wb"))
            groups = parquet.row_groups(file, table, self.choices.headers)
            self.written[path] = self.files.enter_context(groups)
        return self.written[path]


def _inside(table: Table) -> Table:
    """Return a table as it is in a file of a year: the name of the folder has the year."""
    parted = without_running_number(table)
    return replace(parted, columns=tuple(one for one in parted.columns if one.id != _YEAR))


def _named(header: str, year: int | None) -> str:
    """Return the name of a year's folder.

    >>> _named("year", 2023), _named("year", None)
    ('year=2023', 'year=__HIVE_DEFAULT_PARTITION__')
    """
    return f"{header}={_NO_YEAR if year is None else year}"


def _publish(made: Path, folder: Path, part: str, wanted: Sequence[Table]) -> None:
    """Move the files of a part, which are whole, to their places, and remove those it no longer has."""
    files = sorted(path for path in made.rglob("*") if path.is_file())
    for path in files:
        _sync(path)
    targets = {path: folder / path.relative_to(made) for path in files}
    for path, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, target)
    kept = set(targets.values())
    for table in wanted:
        for path in (folder / table.id).glob(f"*=*/part-{part}.parquet"):
            if path not in kept:
                path.unlink()
    for changed in {target.parent for target in kept} | {path.parent.parent for path in kept}:
        sync_folder(changed)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
