"""The committed label files of reports that real tools have read back: data/rendered/<tool>.jsonl.xz."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec import json as typed

from nlp.resources import folder
from training.labels.label_files import Labelled, parse

ENDING = ".jsonl.xz"
GOLD = "gold.json.xz"
"""The file of the gold records of the reports that the texts of a folder were made from."""
KEPT_OUT = "kept_out"
"""The folder of the tools, and of the agencies, that nothing is trained or tuned on."""


class Entry(Struct, frozen=True):
    """One report as one tool reads it.

    `edition` is that of the form, `reads` the kind of file that the tool reads (pdf, html or docx), `noise`
    names the kinds of noise that the agency made, and `rows` is the label file.
    """

    name: str
    agency: str
    year: int
    edition: str
    tool: str
    reads: str
    noise: tuple[str, ...]
    rows: str

    def labelled(self) -> Labelled:
        """Return the entry as training takes it; its kinds are its noise, its tool, what the tool reads."""
        file = parse(self.name, self.rows)
        kinds = (*self.noise, f"tool {self.tool}", f"tools for {self.reads}")
        return Labelled(self.name, self.agency, file.text, file.labels, edition=self.edition, kinds=kinds)


def pack(entries: Iterable[Entry], into: Path) -> None:
    """Write the entries of each tool into a file of its own; the same entries give the same bytes."""
    by_tool: dict[str, list[Entry]] = {}
    for entry in entries:
        by_tool.setdefault(entry.tool, []).append(entry)
    into.mkdir(parents=True, exist_ok=True)
    for tool, entries_of_tool in by_tool.items():
        lines = ""
        for entry in entries_of_tool:
            fields = {name: getattr(entry, name) for name in entry.__struct_fields__}
            lines += json.dumps(fields, ensure_ascii=False) + "\n"
        packed = lzma.compress(lines.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
        (into / f"{tool}{ENDING}").write_bytes(packed)


def pack_gold(gold: Mapping[str, Mapping[str, object]], into: Path) -> None:
    """Write the gold records of the reports that texts were made from, by name.

    They are kept because the generator changes, and the texts do not.
    """
    content = json.dumps(dict(sorted(gold.items())), ensure_ascii=False)
    into.mkdir(parents=True, exist_ok=True)
    (into / GOLD).write_bytes(lzma.compress(content.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))


@cache
def gold(place: Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the gold record of each report of a folder, by default that of the project.

    >>> gold()["0000"]["form"] in ("2019", "2021")
    True
    """
    place = place or folder("data") / "rendered"
    records: dict[str, dict[str, Any]] = json.loads(lzma.decompress((place / GOLD).read_bytes()))
    return records


@cache
def entries(place: Path | None = None) -> tuple[Entry, ...]:
    """Return every entry of a folder, by default that of the project, tool by tool."""
    place = place or folder("data") / "rendered"
    unpacked = []
    for file in sorted(place.glob(f"*{ENDING}")):
        for line in lzma.decompress(file.read_bytes()).splitlines():
            unpacked.append(typed.decode(line, type=Entry))
    return tuple(unpacked)


def rendered(share: float = 1.0) -> list[Labelled]:
    """Return the committed reports, or a share of them (0 to 1) that every tool has alike.

    >>> kinds = {kind for labelled in rendered(0.2) for kind in labelled.kinds}
    >>> {"tools for pdf", "tools for html", "tools for docx"} <= kinds
    True
    """
    every = _labelled()
    count = min(len(every), int(share * len(every)))
    return [every[i * len(every) // count] for i in range(count)]


@cache
def _labelled() -> tuple[Labelled, ...]:
    return tuple(entry.labelled() for entry in entries())


def kept_out() -> list[Labelled]:
    """Return the committed reports of tools, and of agencies, that nothing is trained or tuned on.

    >>> {labelled.agency for labelled in kept_out()} & {labelled.agency for labelled in rendered()}
    set()
    """
    labelled = []
    for entry in entries(folder("data") / "rendered" / KEPT_OUT):
        kinds = (f"tool {entry.tool}", "tools never seen")
        labelled.append(replace(entry.labelled(), kinds=kinds))
    return labelled
