"""What leaves can be had back: every format holds every record, whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.model import Report
from nlp.writers import jsonl
from nlp.writers.exporting import exporting
from nlp.writers.formats import Choices, destination
from nlp.writers.remarks import Remarks
from tests.project import ROOT
from tests.writers import reading_back
from tests.writers.rebuilding import Read, rebuilt
from tests.writers.recording import reports

SAMPLES = sorted((ROOT / "data" / "samples").glob("*.txt"))[::-3]
"""Of both editions, one of them up for review."""
WHAT_RECORDS_SAY = Choices(tuple(table.id for table in reading_back.TABLES))
FORMATS: dict[str, tuple[str, str | None, Callable[[Path], Read]]] = {
    "csv": ("tables/", "csv", reading_back.from_csv),
    "csv.gz": ("tables/", "csv.gz", reading_back.from_csv),
    "xlsx": ("records.xlsx", None, reading_back.from_xlsx),
    "parquet": ("tables/", "parquet", reading_back.from_parquet),
    "duckdb": ("records.duckdb", None, reading_back.from_duckdb),
    "sqlite": ("records.sqlite", None, reading_back.from_sqlite),
}


def there_and_back(records: list[Report], format: str) -> tuple[list[Report], list[str]]:
    """Return the records as they are read from a format, and what was said when they were written."""
    name, to, read = FORMATS[format]
    remarks = Remarks()
    with TemporaryDirectory() as folder:
        path = f"{folder}/{name}"
        with exporting(destination(path, to), WHAT_RECORDS_SAY, remarks) as sink:
            for record in records:
                sink.write(jsonl.line(record))
        return rebuilt(read(Path(path))), remarks.sentences()


@pytest.mark.parametrize("format", FORMATS)
def test_every_record_comes_back(format: str) -> None:
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(reports, min_size=1, max_size=4))
    def holds(records: list[Report]) -> None:
        assert there_and_back(records, format)[0] == records

    holds()


@pytest.mark.full
@pytest.mark.parametrize("format", FORMATS)
def test_every_one_of_many_records_comes_back(format: str) -> None:
    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(reports, min_size=1, max_size=4))
    def holds(records: list[Report]) -> None:
        assert there_and_back(records, format)[0] == records

    holds()


@pytest.fixture(scope="module")
def samples() -> list[Report]:
    reader = Reader()
    read = [reader.read(Input(str(path)), with_lines=True) for path in SAMPLES]
    return [*read, reader.read(Input("absent.txt"))]


@pytest.mark.parametrize("format", FORMATS)
def test_the_records_of_the_samples_come_back_and_nothing_is_said_but_of_formulas(
    samples: list[Report], format: str
) -> None:
    back, said = there_and_back(samples, format)
    assert back == samples
    assert [sentence for sentence in said if "may compute" not in sentence] == []
