"""Describes CSV files in a `datapackage.json` beside them, in the format of Frictionless Data."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import json

from nlp.record.malformed import MALFORMED
from nlp.writers.output import keep
from nlp.writers.remarks import Remarks
from nlp.writers.tables import DICTIONARY, REPORTS, Column, Headers, Table, named

NAME = "datapackage.json"
_OURS = "nianbao"
"""The name of the descriptions that are written here."""
_TYPES = {"text": "string"}


def write(paths: Mapping[str, str], zipped: bool, headers: Headers, remarks: Remarks) -> None:
    """Describe the CSV files of tables, given by the id of the table, in their folder.

    Other files that an earlier description of ours describes stay in it. A description by someone else
    stays as it is, with a remark.
    """
    some_file, *_ = paths.values()
    description = Path(os.path.realpath(some_file)).parent / NAME
    if description.exists() and _content(description).get("name") != _OURS:
        remarks.add("Descriptions of other data, left as they are", str(description))
        return
    written = [_resource(named(id), Path(path).name, zipped, headers, paths) for id, path in paths.items()]
    written_files = {resource["path"] for resource in written}
    others = [other for other in _described_before(description) if other.get("path") not in written_files]
    package = {
        "profile": "tabular-data-package",
        "name": _OURS,
        "resources": [*written, *_with_other_names(others, written)],
    }
    keep(description, json.format(json.encode(package), indent=1) + b"\n")


def _described_before(description: Path) -> list[dict[str, Any]]:
    """Return the resources of a description whose files are still there."""
    if not description.exists():
        return []
    resources: list[dict[str, Any]] = _content(description).get("resources", [])
    return [resource for resource in resources if (description.parent / str(resource.get("path"))).is_file()]


def _with_other_names(
    others: Sequence[dict[str, Any]], written: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the other resources, named after their files where a written one has their name."""
    taken = {resource["name"] for resource in written}
    renamed: list[dict[str, Any]] = []
    for resource in others:
        if resource["name"] in taken:
            resource = {**resource, "name": resource["path"].lower()}
        renamed.append(resource)
    return renamed


def _content(description: Path) -> dict[str, Any]:
    """Return what a description says; nothing if it is malformed."""
    try:
        content = json.decode(description.read_bytes())
    except MALFORMED:
        return {}
    return content if isinstance(content, dict) else {}


def _resource(
    table: Table, file: str, zipped: bool, headers: Headers, written: Collection[str]
) -> dict[str, Any]:
    """Return the description of one CSV file; `written` are the ids of the tables that are written."""
    resource: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": table.id,
        "path": file,
        "title": table.zh,
        "description": table.description_zh if headers == "zh" else table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
    }
    if zipped:
        resource["compression"] = "gz"
    resource["dialect"] = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True}
    resource["schema"] = _schema(table, headers, REPORTS in written)
    return resource


def _schema(table: Table, headers: Headers, with_reports: bool) -> dict[str, Any]:
    """Return the schema of a table; with the table of reports beside it, it refers to that."""
    number = table.columns[0].header(headers)
    schema: dict[str, Any] = {
        "fields": [_field(column, headers) for column in table.columns],
        "missingValues": [""],
    }
    if table.id == REPORTS:
        schema["primaryKey"] = [number]
    elif table.id != DICTIONARY and with_reports:
        reference = {"resource": REPORTS, "fields": [number]}
        schema["foreignKeys"] = [{"fields": [number], "reference": reference}]
    return schema


def _field(column: Column, headers: Headers) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.header(headers),
        "type": "array" if column.is_list else _TYPES.get(column.type, column.type),
        "title": column.id if headers == "zh" else column.zh,
        "description": column.description_zh if headers == "zh" else column.description,
    }
    if column.type == "boolean":
        field["trueValues"] = ["true"]
        field["falseValues"] = ["false"]
    return field
