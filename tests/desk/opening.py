"""Opens a desk for tests, without a browser."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html
from msgspec import json

from nlp.correcting.files import read
from nlp.desk.app import application
from nlp.desk.desk import Desk, Opened
from nlp.desk.labels import Labels
from nlp.desk.log import Log
from nlp.reading.inputs import Input
from nlp.record.corrections import Correction
from nlp.running.extraction import Extraction
from tests.project import ROOT

PORT = 8421
HOST = f"127.0.0.1:{PORT}"
TOKEN = "open sesame"
RIGHT = "data/samples/02-pipes-2019.txt"
DOUBTFUL = "data/samples/08-scrambled-columns-2023.txt"
PDF = "tests/renderings/0173.pdf"
LITTLE = 0.9
"""A confidence with which a cell is put up for review."""
CELL = "tables.disclosure.regulations.issued"
"""A cell of DOUBTFUL that was read with little confidence."""


class Opening(NamedTuple):
    """A desk, a browser at it (flask's client) and its file of corrections."""

    desk: Desk
    client: Any
    corrections: Path

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, base_url=f"http://{HOST}", **more)

    def post(self, path: str, body: object = None, **more: Any) -> Any:
        headers = more.pop("headers", {"Origin": f"http://{HOST}"})
        data = body if isinstance(body, bytes) else json.encode(body)
        return self.client.post(path, base_url=f"http://{HOST}", data=data, headers=headers, **more)

    def page(self, path: str) -> Any:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return html.fromstring(answer.text)

    def decide(self, number: int, do: str, field: str, **more: Any) -> Any:
        answer = self.post(f"/report/{number}/decide", {"do": do, "field": field, **more})
        assert answer.status_code == 200, answer.text
        return html.fromstring(answer.text)

    @property
    def written(self) -> list[Correction]:
        return read(str(self.corrections)).corrections if self.corrections.exists() else []


def records(path: Path, names: Iterable[str]) -> Path:
    """Write the records of documents of this project, whose paths are as the project's folder has them."""
    lines = [_doubted(_named(Extraction()(Input(str(ROOT / name))).line, name)) for name in names]
    path.write_bytes(b"".join(lines))
    return path


def _named(line: bytes, name: str) -> bytes:
    record = json.decode(line)
    record["source"]["path"] = name
    return json.encode(record) + b"\n"


def _doubted(line: bytes) -> bytes:
    """Return the line of a record; in that of DOUBTFUL the cells of 二 have little confidence."""
    record = json.decode(line)
    if record["source"]["path"] != DOUBTFUL:
        return line
    ids = []
    for row, cells in record["tables"]["disclosure"].items():
        for column, cell in cells.items():
            cell["confidence"] = LITTLE
            ids.append(f"disclosure.{row}.{column}")
    message = f"{len(ids)} cells were read with little confidence: {', '.join(ids)}."
    record["review"] = [{"code": "cells_doubtful", "message": message, "cells": ids}]
    return json.encode(record) + b"\n"


def opening(
    folder: Path, paths: Iterable[Path], folders: Iterable[Path] = (ROOT,), labels: Labels | None = None
) -> Opening:
    """Open a desk at files of records; the folder gets the file of corrections."""
    corrections = folder / "corrections.jsonl"
    opened = Opened([str(path) for path in paths], (), [str(path) for path in folders])
    desk = Desk(opened, Log(str(corrections), "Li"), labels=labels)
    desk.load()
    client = application(desk, TOKEN, PORT).test_client()
    got = Opening(desk, client, corrections)
    assert got.get(f"/?token={TOKEN}").status_code == 303
    return got
