"""The documents of the net: generated ones, cases, texts by real tools, and real reports."""

from __future__ import annotations

import json
import lzma
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.resources import folder
from training.stress import held_out

Gold = dict[str, Any]
"""A gold record as it stands in its file; only its tables are looked at."""

_ROOT = folder("data").parent
TOOL_TEXTS = _ROOT / "tests" / "net" / "tool_texts.jsonl.xz"
_SHARED = _ROOT.parent / "shared"
_ENDINGS = (".txt", ".html", ".docx", ".pdf")
_TAB = "⇥"


@dataclass(frozen=True)
class NetDocument:
    """A document of the net: where it comes from, its name, its file or its bytes, and its gold record."""

    source: str
    name: str
    content: bytes | Path
    gold: Gold | None = None

    @property
    def key(self) -> str:
        """The name by which the net knows it."""
        return f"{self.source}/{self.name}"

    def read(self) -> bytes:
        """Return its bytes."""
        return self.content.read_bytes() if isinstance(self.content, Path) else self.content


def _held_out() -> Iterator[NetDocument]:
    for sample in held_out.reports():
        yield NetDocument("held_out", sample.name, sample.text.encode("utf-8"), sample.gold)


def _cases() -> Iterator[NetDocument]:
    for file in sorted((_ROOT / "tests" / "cases").glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            page = str(case["page"]).replace(_TAB, "\t").removesuffix("\n")
            yield NetDocument("cases", case["name"], page.encode(case.get("encoding", "utf-8")))


def _samples() -> Iterator[NetDocument]:
    return _files("samples", folder("data") / "samples", folder("data") / "gold")


def _renderings() -> Iterator[NetDocument]:
    place = _ROOT / "tests" / "renderings"
    return _files("renderings", place, place)


def _tool_texts() -> Iterator[NetDocument]:
    for line in lzma.decompress(TOOL_TEXTS.read_bytes()).splitlines():
        entry = json.loads(line)
        yield NetDocument(
            f"tools/{entry['tool']}", entry["name"], entry["text"].encode("utf-8"), entry["gold"]
        )


def _shared() -> Iterator[NetDocument]:
    """Yield the real reports beside the project, and the pages made up after scraped ones; none elsewhere."""
    gold = _SHARED / "gold" / "reports"
    for name in ("seeds", "text", "pdf"):
        yield from _files(f"shared/{name}", _SHARED / name, gold)
    for name in ("cases", "silent", "rebuilt"):
        yield from _files(f"shared/pages/{name}", _SHARED / "pages" / name, None)


def _files(source: str, place: Path, gold: Path | None) -> Iterator[NetDocument]:
    """Yield the documents of a folder, none where there is no such folder.

    Their gold records have the same names and end in `.json`.
    """
    if not place.is_dir():
        return
    for file in sorted(place.iterdir()):
        if file.suffix in _ENDINGS:
            gold_record = _gold(gold / f"{file.stem}.json") if gold else None
            yield NetDocument(source, file.name, file, gold_record)


def _gold(file: Path) -> Gold | None:
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


SOURCES: dict[str, Callable[[], Iterator[NetDocument]]] = {
    "held_out": _held_out,
    "cases": _cases,
    "samples": _samples,
    "renderings": _renderings,
    "tools": _tool_texts,
    "shared": _shared,
}
"""Where documents come from; `shared` is what lies beside the project, on machines that have it."""


def documents(sources: tuple[str, ...] = tuple(SOURCES)) -> Iterator[NetDocument]:
    """Yield every document of some sources, in an order that never changes.

    >>> next(documents(("samples",))).key
    'samples/01-tabs-2025.txt'
    """
    for source in sources:
        yield from SOURCES[source]()
