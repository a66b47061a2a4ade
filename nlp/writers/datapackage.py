"""Describes CSV files in a `datapackage.json` beside them, as Frictionless Data has it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import DecodeError, json

from nlp.writers.output import keep
from nlp.writers.remarks import Remarks
from nlp.writers.tables import DICTIONARY, REPORTS, Column, Headers, Table, named

NAME = "datapackage.json"
_OURS = "nianbao"
_TYPES = {"text": "string"}


def write(paths: Mapping[str, str], zipped: bool, headers: Headers, remarks: Remarks) -> None:
    """Describe the file of each table; the others that a description of ours tells of stay in it.

    A description by someone else stays as it is.
    """
    place = Path(os.path.realpath(next(iter(paths.values())))).parent / NAME
    if place.exists() and _content(place).get("name") != _OURS:
        remarks.add("Descriptions of other data, left as they are", str(place))
        return
    written = [_resource(named(id), Path(path).name, zipped, headers, paths) for id, path in paths.items()]
    names = {one["path"] for one in written}
    others = [one for one in _before(place) if one.get("path") not in names]
    resources = [*written, *_apart(others, written)]
    package = {"profile": "tabular-data-package", "name": _OURS, "resources": resources}
    keep(place, json.format(json.encode(package), indent=1) + b"\n")


def _before(place: Path) -> list[dict[str, Any]]:
    """Return the files that a description tells of and that are still there."""
    told = _content(place).get("resources", []) if place.exists() else []
    return [one for one in told if (place.parent / str(one.get("path"))).is_file()]


def _apart(others: list[dict[str, Any]], written: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Names of resources are unique: of the others, those of the same name take their file's."""
    taken = {one["name"] for one in written}
    return [{**one, "name": one["path"].lower()} if one["name"] in taken else one for one in others]


def _content(place: Path) -> dict[str, Any]:
    try:
        content = json.decode(place.read_bytes())
    except DecodeError:
        return {}
    return content if isinstance(content, dict) else {}


def _resource(
    table: Table, path: str, zipped: bool, headers: Headers, paths: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.id,
        "path": path,
        "title": table.zh,
        "description": table.description_zh if headers == "zh" else table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        **({"compression": "gz"} if zipped else {}),
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table, headers, REPORTS in paths),
    }


def _schema(table: Table, headers: Headers, with_reports: bool) -> dict[str, Any]:
    number = table.columns[0].header(headers)
    schema: dict[str, Any] = {
        "fields": [_field(column, headers) for column in table.columns],
        "missingValues": [""],
    }
    if table.id == REPORTS:
        schema["primaryKey"] = [number]
    elif table.id != DICTIONARY and with_reports:
        schema["foreignKeys"] = [{"fields": [number], "reference": {"resource": REPORTS, "fields": [number]}}]
    return schema


def _field(column: Column, headers: Headers) -> dict[str, Any]:
    return {
        "name": column.header(headers),
        "type": "array" if column.is_list else _TYPES.get(column.type, column.type),
        "title": column.id if headers == "zh" else column.zh,
        "description": column.description_zh if headers == "zh" else column.description,
        **({"trueValues": ["true"], "falseValues": ["false"]} if column.type == "boolean" else {}),
    }
