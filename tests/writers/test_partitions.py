"""Parquet in parts: by year and part, read by what others read it with, joined by `id`."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.dataset
import pytest
from msgspec import structs
from pyarrow import parquet

from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.model import SCHEMA, Report
from nlp.writers import jsonl
from nlp.writers import parquet as row_groups
from nlp.writers.exporting import exporting
from nlp.writers.formats import BadDestination, Choices, Destination, destination, parted
from nlp.writers.output import Unwritable
from nlp.writers.remarks import Remarks
from tests.project import ROOT
from tests.writers import reading_back
from tests.writers.rebuilding import rebuilt

SAMPLES = sorted((ROOT / "data" / "samples").glob("*.txt"))


@pytest.fixture(scope="module")
def records() -> list[Report]:
    """Records of three years and one whose year is not known."""
    reader = Reader()
    read = [reader.read(Input(str(path)), with_lines=True) for path in SAMPLES[:4]]
    return [*read[:3], structs.replace(read[3], year=None)]


def write(records: list[Report], folder: Path, part: str = "0001", tables: tuple[str, ...] = ()) -> None:
    with exporting(to(folder, part), Choices(tables), Remarks()) as sink:
        for record in records:
            sink.write(jsonl.line(record))


def to(folder: Path, part: str = "0001") -> Destination:
    return parted(destination(f"{folder}/", "parquet"), part)


def from_parts(folder: Path) -> reading_back.Read:
    """Return the rows of all tables, numbered by the records' ids."""
    read = {table.id: parquet.read_table(folder / table.id).to_pylist() for table in reading_back.TABLES}
    number = {row["id"]: n for n, row in enumerate(read["reports"], 1)}
    return {
        table.id: [
            tuple({**row, "report": number[row["id"]]}[column.id] for column in table.columns)
            for row in read[table.id]
        ]
        for table in reading_back.TABLES
    }


def test_every_record_comes_back_by_its_id_whatever_its_year(records: list[Report], tmp_path: Path) -> None:
    write(records, tmp_path)
    back = {record.id: record for record in rebuilt(from_parts(tmp_path))}
    assert back == {record.id: record for record in records}


def test_parts_are_one_table_to_duckdb_and_pyarrow(records: list[Report], tmp_path: Path) -> None:
    write(records[:2], tmp_path, "a")
    write(records[2:], tmp_path, "b")
    years = sorted((record.year for record in records), key=str)
    query = f"SELECT year FROM '{tmp_path}/reports/**/*.parquet'"
    assert sorted((row[0] for row in duckdb.sql(query).fetchall()), key=str) == years
    table = pyarrow.dataset.dataset(tmp_path / "reports", partitioning="hive").to_table()
    assert sorted(table["year"].to_pylist(), key=str) == years
    joined = duckdb.sql(
        f"SELECT count(*) FROM '{tmp_path}/reports/**/*.parquet' JOIN '{tmp_path}/cells/**/*.parquet' "
        "USING (id)"
    )
    assert joined.fetchall() == [(sum(len(list(record.cells())) for record in records),)]


def test_no_file_numbers_records_and_each_says_the_version(records: list[Report], tmp_path: Path) -> None:
    write(records, tmp_path)
    made = sorted(tmp_path.rglob("*.parquet"))
    assert {path.relative_to(tmp_path).parts[0] for path in made} == {
        *(table.id for table in reading_back.TABLES),
        "dictionary.parquet",
    }
    for path in made:
        schema = parquet.read_schema(path)
        assert "report" not in schema.names
        assert schema.metadata[b"nianbao.schema"] == SCHEMA.encode()
        assert "year" not in schema.names
    explained = parquet.read_table(tmp_path / "dictionary.parquet").to_pylist()
    assert "year" in {value for row in explained for value in row.values()}
    assert "report" not in {value for row in explained for value in row.values()}
    assert not list(tmp_path.rglob(".*"))


def test_a_part_replaces_itself_alone(records: list[Report], tmp_path: Path) -> None:
    write(records, tmp_path, "a")
    write(records[:1], tmp_path, "b")
    write(records[1:2], tmp_path, "a")
    ids = sorted(parquet.read_table(tmp_path / "reports")["id"].to_pylist())
    assert ids == sorted(record.id for record in records[:2])


def test_a_part_that_is_not_written_to_its_end_changes_nothing(records: list[Report], tmp_path: Path) -> None:
    write(records[:1], tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")}

    def broken_off() -> None:
        with exporting(to(tmp_path), Choices(), Remarks()) as sink:
            sink.write(jsonl.line(records[1]))
            with pytest.raises(Unwritable, match="another run is writing it"):
                write(records[2:], tmp_path)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_rows_are_gathered_to_groups(
    records: list[Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_groups, "_ROWS", 100)
    monkeypatch.setattr("nlp.writers.exporting._RECORDS_AT_A_TIME", 1)
    write(records[:1] * 2, tmp_path, tables=("reports", "cells"))
    (file,) = (tmp_path / "cells").rglob("*.parquet")
    metadata = parquet.read_metadata(file)
    groups = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
    assert max(groups) <= 100
    assert sum(groups) == 2 * len(list(records[0].cells()))
    (file,) = (tmp_path / "reports").rglob("*.parquet")
    assert parquet.read_metadata(file).num_row_groups == 1


def test_what_waits_in_all_files_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_groups, "_BYTES_OF_ALL", 100)
    written: list[int] = []

    class File(row_groups.RowGroups):
        def flush(self) -> None:
            written.append(self.bytes)

    row_groups.hold_within_bounds([File(None, None, None, [], 1, size) for size in (40, 90, 20)])  # type: ignore[arg-type]
    assert written == [90]


@pytest.mark.parametrize(
    ("path", "format", "part"),
    [
        ("out/", "csv", "1"),
        ("out.parquet", "parquet", "1"),
        ("out/", "parquet", "../x"),
        ("out/", "parquet", ""),
    ],
)
def test_what_cannot_be_parted_is_refused(path: str, format: str, part: str) -> None:
    with pytest.raises(BadDestination):
        parted(destination(path, format), part)
