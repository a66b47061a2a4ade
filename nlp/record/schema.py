"""The JSON Schema of a record: types from nlp/record/model.py, fields described by data/record.toml."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import msgspec

from nlp.record.model import SCHEMA, Report
from nlp.resources import knowledge

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a record.

    >>> record_schema()["$id"], record_schema()["$defs"]["Cell"]["required"][:3]
    ('urn:nianbao:report:2', ['value', 'text', 'state'])
    """
    schema = msgspec.json.schema(Report)
    definitions = schema["$defs"]
    descriptions = knowledge("record")
    for name, definition in definitions.items():
        definition["description"] = cleandoc(definition["description"])
        for field, properties in definition["properties"].items():
            properties["description"] = descriptions[name][field]
    definitions["Report"]["description"] = descriptions["description"]
    definitions["Report"]["properties"]["schema"]["const"] = SCHEMA
    id = "urn:" + SCHEMA.replace(".", ":").replace("/", ":")
    title = "A record of nianbao: one government information disclosure report"
    return {"$schema": _DIALECT, "$id": id, "title": title, **schema}


def as_json() -> bytes:
    """Return the schema as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(record_schema()), indent=2) + b"\n"
