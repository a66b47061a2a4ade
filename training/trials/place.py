"""A folder in which batches are disturbed: documents, an output in some format, files of others."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from nlp.resources import folder
from training.trials.contents import Content, content_of
from training.trials.runs import Run, elsewhere, finished, start

OUTPUTS = (
    "out.jsonl",
    "out.jsonl.gz",
    "out.csv",
    "out.xlsx",
    "out.parquet",
    "out.duckdb",
    "out.sqlite",
    "tables",
)
"""What is written: a file of each format, and a folder of CSV files."""
OTHERS = (".other.part", ".out.jsonl.part.newer", "out.jsonl.bak", ".out.xlsx.part.new.other", "notes.txt")
"""Files beside the output that are none of a batch's."""


@dataclass
class Place:
    """A folder with documents in `in`, and the content that an undisturbed run gives the output."""

    path: Path
    output: str
    documents: int = 24
    _known: dict[tuple[str, ...], Content] = field(default_factory=dict)

    def __post_init__(self) -> None:
        samples = [text for text in _texts() if len(text) > 100]
        (self.path / "in").mkdir(parents=True)
        for n in range(self.documents):
            text = samples[n % len(samples)]
            (self.path / "in" / f"{n:03}.txt").write_text(f"{text}\n第{n}份\n", encoding="utf-8")
        (self.path / "in" / "empty.txt").write_bytes(b"")
        for name in OTHERS:
            (self.path / name).write_text(f"{name} is somebody's", encoding="utf-8")

    def order(self, *more: str) -> list[str]:
        """Return the arguments of a batch into the output."""
        to = ["--to", "csv"] if self.output == "tables" else []
        return ["extract", "in", "-o", self.output, *to, *more]

    def start(self, *more: str, **how: object) -> Run:
        """Start a batch."""
        return start(self.order(*more), self.path, **how)  # type: ignore[arg-type]

    def run(self, *more: str, **how: object) -> Run:
        """Run a batch to its end."""
        return finished(self.start(*more, **how))

    def content(self) -> Content | None:
        """Return the records or rows of the output, None where there is none."""
        return elsewhere(content_of, self.path / self.output)

    def expected(self) -> Content:
        """Return what an undisturbed run gives for the documents as they are."""
        documents = sorted((self.path / "in").iterdir())
        state = tuple(f"{path.name} {path.stat().st_size}" for path in documents)
        if state not in self._known:
            self._known[state] = self._undisturbed()
        return self._known[state]

    def _undisturbed(self) -> Content:
        aside = self.path.with_name(f"{self.path.name}-undisturbed")
        shutil.copytree(self.path / "in", aside / "in")
        done = finished(start(self.order(), aside))
        content = elsewhere(content_of, aside / self.output)
        shutil.rmtree(aside)
        assert done.code == 1, done.said  # one document is empty
        assert content is not None
        return content

    def left(self) -> list[str]:
        """Return the names of what batches have left beside the output."""
        known = {"in", self.output, "datapackage.json", *OTHERS}
        return sorted(path.name for path in self.path.iterdir() if path.name not in known)

    def touched(self) -> list[str]:
        """Return the names of the files of others that are not as they were."""
        changed = []
        for name in OTHERS:
            file = self.path / name
            if not file.is_file() or file.read_text(encoding="utf-8") != f"{name} is somebody's":
                changed.append(name)
        return changed

    def clear(self) -> None:
        """Remove the output."""
        target = self.path / self.output
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)

    def change_documents(self, chance: random.Random) -> None:
        """Change a document, remove one, add one."""
        names = sorted(os.listdir(self.path / "in"))
        changed, removed = chance.sample([name for name in names if name != "empty.txt"], 2)
        with (self.path / "in" / changed).open("a", encoding="utf-8") as file:
            file.write(f"另有{chance.randrange(10**6)}\n")
        source = self.path / "in" / removed
        new = source.with_name(f"{chance.randrange(100):03}-new-{chance.randrange(10**6)}.txt")
        new.write_text(source.read_text(encoding="utf-8") + "新\n", encoding="utf-8")
        source.unlink()


def _texts() -> list[str]:
    """Return the sample reports that are UTF-8."""
    texts = []
    for path in sorted((folder("data") / "samples").glob("*.txt")):
        with suppress(UnicodeDecodeError):
            texts.append(path.read_text(encoding="utf-8"))
    return texts
