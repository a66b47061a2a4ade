"""The committed label files of reports that real tools have read back: data/rendered/<tool>.jsonl.xz."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec import json as typed

from nlp.resources import folder
from training.labels.label_files import Labelled, parse

ENDING = ".jsonl.xz"
KEPT_OUT = "kept_out"


class Entry(Struct, frozen=True):
    """One report as one tool reads it; `rows` is its label file."""

    name: str
    agency: str
    year: int
    edition: str
    tool: str
    reads: str
    noise: tuple[str, ...]
    rows: str

    def labelled(self) -> Labelled:
        """Return the entry as training takes it: results are told by its tool, and by what it reads."""
        file = parse(self.name, self.rows)
        kinds = (*self.noise, f"tool {self.tool}", f"tools for {self.reads}")
        return Labelled(self.name, self.agency, file.text, file.labels, edition=self.edition, kinds=kinds)


def pack(entries: Iterable[Entry], into: Path) -> None:
    """Write the entries of each tool into a file of its own; the same entries give the same bytes."""
    by_tool: dict[str, list[Entry]] = {}
    for entry in entries:
        by_tool.setdefault(entry.tool, []).append(entry)
    into.mkdir(parents=True, exist_ok=True)
    for tool, those in by_tool.items():
        lines = "".join(json.dumps(_fields(one), ensure_ascii=False) + "\n" for one in those)
        packed = lzma.compress(lines.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
        (into / f"{tool}{ENDING}").write_bytes(packed)


def _fields(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__struct_fields__}


@cache
def entries(place: Path | None = None) -> tuple[Entry, ...]:
    """Return every entry of a folder, that of the project where none is named, tool by tool."""
    place = place or folder("data") / "rendered"
    return tuple(entry for file in sorted(place.glob(f"*{ENDING}")) for entry in _unpacked(file))


def _unpacked(file: Path) -> Iterator[Entry]:
    for line in lzma.decompress(file.read_bytes()).splitlines():
        yield typed.decode(line, type=Entry)


def rendered(share: float = 1.0) -> list[Labelled]:
    """Return the committed reports, or a share of them, of every tool alike.

    >>> kinds = {kind for one in rendered(0.2) for kind in one.kinds}
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

    >>> {one.agency for one in kept_out()} & {one.agency for one in rendered()}
    set()
    """
    found = entries(folder("data") / "rendered" / KEPT_OUT)
    return [replace(one.labelled(), kinds=(f"tool {one.tool}", "tools never seen")) for one in found]
