"""The JSON Schema of a record: from the types in nlp/record/model.py, what each field means from data."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import msgspec

from nlp.record.model import SCHEMA, Report
from nlp.resources import knowledge

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def record_schema() -> dict[str, Any]:
    """Return the schema.

    >>> record_schema()["$id"], record_schema()["$defs"]["Cell"]["required"][:3]
    ('urn:nianbao:report:1', ['value', 'text', 'state'])
    """
    found = msgspec.json.schema(Report)
    told = knowledge("record")
    for name, part in found["$defs"].items():
        part["description"] = cleandoc(part["description"])
        for field, of in part["properties"].items():
            of["description"] = told[name][field]
    found["$defs"]["Report"]["description"] = told["description"]
    found["$defs"]["Report"]["properties"]["schema"]["const"] = SCHEMA
    id = "urn:" + SCHEMA.replace(".", ":").replace("/", ":")
    title = "A record of nianbao: one government information disclosure report"
    return {"$schema": _DIALECT, "$id": id, "title": title, **found}


def as_json() -> bytes:
    """Return the schema as people read it."""
    return msgspec.json.format(msgspec.json.encode(record_schema()), indent=2) + b"\n"
