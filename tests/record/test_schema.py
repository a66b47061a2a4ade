"""The JSON Schema of a record: as it ships, as it is printed, as records are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.schema import as_json, record_schema
from nlp.resources import folder
from nlp.writers import jsonl

SAMPLES = sorted((folder("data") / "samples").glob("*.txt"))


def test_the_schema_that_ships_is_the_one_that_is_printed() -> None:
    assert (folder("data") / "record.schema.json").read_bytes() == as_json()


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(record_schema())


def test_every_field_says_what_it_means() -> None:
    parts = record_schema()["$defs"]
    fields = [(name, field, of) for name, part in parts.items() for field, of in part["properties"].items()]
    assert [(name, field) for name, field, of in fields if not of["description"].endswith(".")] == []
    assert [name for name, part in parts.items() if "\n    " in part["description"]] == []


@pytest.mark.parametrize("path", [*SAMPLES, Path("absent.txt")], ids=lambda path: path.name)
def test_records_are_as_the_schema_says(path: Path) -> None:
    record = msgspec.json.decode(jsonl.line(Reader().read(Input(str(path)), with_lines=True)))
    jsonschema.Draft202012Validator(record_schema()).validate(record)


@pytest.mark.parametrize(
    "part", [{"source": "a"}, {"schema": "nianbao.report/9"}, {"year": "2022"}, {"tables": {"requests": 3}}]
)
def test_what_is_no_record_is_refused(part: dict[str, Any]) -> None:
    record = {**msgspec.json.decode(jsonl.line(Reader().read(Input(str(SAMPLES[0]))))), **part}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(record_schema()).validate(record)
