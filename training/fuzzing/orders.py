"""Feeds damaged records, corrections, labels, workbooks and lists to the commands that take them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from msgspec import json

from nlp.reading.inputs import BytesInput
from nlp.record.corrections import Correction
from nlp.running.extraction import Extraction
from training.fuzzing.documents import Fed, Found
from training.fuzzing.packed import ZIPPED
from training.fuzzing.pieces import BYTES, TEXT, Damage, in_encoding
from training.fuzzing.seeds import samples
from training.fuzzing.values import JSON
from training.trials.runs import finished, start, warm

_FAULT = re.compile(r"Traceback|FAULT|a fault of nianbao")
_CODES = (0, 1, 2, 3, 4)
_ROWS = (*TEXT, in_encoding, *BYTES)


@cache
def records() -> bytes:
    """Return the records of the sample reports."""
    inputs = [BytesInput(f"{n}.txt", content=text.encode()) for n, text in enumerate(samples())]
    lines = [Extraction(with_lines=n == 0)(input).line for n, input in enumerate(inputs)]
    return b"".join([_with_a_broken_sum(lines[0]), *lines[1:]])


def _with_a_broken_sum(line: bytes) -> bytes:
    record = json.decode(line)
    record["checks"][0] |= {"outcome": "broken", "blame": "source", "left": 3, "right": 4}
    return json.encode(record) + b"\n"


def _corrections() -> bytes:
    lines = []
    for line in records().splitlines():
        record = json.decode(line)
        cell = Correction(
            id=record["id"], field="year", read=record["year"], value=2020, by="甲", at="2024-01-02T03:04:05Z"
        )
        text = Correction(
            id=record["id"], field="organization", read=record["organization"], value="甲市司法局", by="乙"
        )
        lines += [json.encode(cell), json.encode(text)]
    return b"\n".join(lines) + b"\n"


def _agencies() -> bytes:
    return (
        "printed,name,path,province,city,county,code,kind,level\n"
        "古塔区气象局,古塔区气象局,,辽宁省,锦州市,古塔区,210702,,county\n"
        "浙江省*局,浙江省市场监督管理局,2024/*,浙江省,,,330000,,province\n"
    ).encode()


def _made(*order: str, name: str = "made") -> bytes:
    """Return what a command writes for the records; the first file of a folder."""
    with tempfile.TemporaryDirectory() as place:
        given = Path(place) / "given.jsonl"
        given.write_bytes(records())
        labels = Path(place) / "a2021.tsv"
        labels.write_bytes(_labels())
        target = Path(place) / name
        words = {"RECORDS": str(given), "LABELS": str(labels), "OUT": str(target)}
        run = finished(start([words.get(word, word) for word in order], Path(place)))
        assert run.code == 0, run.said  # in a process of its own: threads that it starts are not forked later
        file = (
            next(path for path in sorted(target.rglob("*")) if path.is_file()) if target.is_dir() else target
        )
        return file.read_bytes()


def _labels() -> bytes:
    record = json.decode(records().splitlines()[0])
    labels = {line["n"]: line["label"] for line in record["lines"]}
    lines = samples()[0].split("\n")
    return "\n".join(f"{labels.get(n, '')}\t{line}" for n, line in enumerate(lines, 1)).encode()


def _exported(tool: str) -> Callable[[], bytes]:
    ending = "conll" if tool == "conll" else "json"
    return lambda: _made("labels", "export", "LABELS", "--to", tool, "-o", "OUT", name=f"made.{ending}")


Orders = tuple[tuple[str, ...], ...]
KINDS: dict[str, tuple[Callable[[], bytes], tuple[Damage, ...], Orders]] = {
    "records": (
        records,
        tuple(JSON),
        (
            *(
                ("check", "IN"),
                ("check", "IN", "--format", "html"),
                ("check", "IN", "--across"),
                ("agencies", "IN"),
            ),
            *(
                ("export", "IN", "-o", f"out.{e}")
                for e in ("csv", "xlsx", "sqlite", "parquet", "duckdb", "jsonl")
            ),
            *(("export", "IN", "-o", "out", "--to", "csv"), ("panel", "IN", "-o", "out.csv")),
            *(
                ("overview", "IN", "-o", "out.html", "--workbook", "out.xlsx"),
                ("reuse", "IN"),
                ("cite", "IN"),
            ),
            *(
                ("score", "RECORDS", "IN"),
                ("score", "IN", "RECORDS", "--html", "out.html"),
                ("sample", "IN", "-n", "2"),
            ),
            *(("apply", "IN", "CORRECTIONS"), ("gold", "export", "IN", "-o", "out")),
        ),
    ),
    "corrections": (
        _corrections,
        tuple(JSON),
        (
            *(("apply", "RECORDS", "IN"), ("corrections", "merge", "IN", "CORRECTIONS", "-o", "out.jsonl")),
            ("extract", "SAMPLE", "--corrections", "IN"),
        ),
    ),
    "agencies": (_agencies, _ROWS, (("agencies", "RECORDS", "--agencies", "IN"),)),
    "label files": (
        _labels,
        _ROWS,
        (
            *(
                ("labels", "check", "IN.tsv"),
                ("labels", "export", "IN.tsv", "--to", "label-studio", "-o", "out.json"),
            ),
            *(("labels", "delta", "IN.tsv"), ("score", "LABELS.tsv", "IN.tsv")),
        ),
    ),
    **{
        f"labels of {tool}": (
            _exported(tool),
            tuple(TEXT) if tool == "conll" else tuple(JSON),
            (("labels", "import", "IN", "--from", tool, "-o", "out"),),
        )
        for tool in ("label-studio", "doccano", "prodigy", "conll")
    },
    "gold workbooks": (
        lambda: _made("gold", "export", "RECORDS", "-o", "OUT"),
        tuple(ZIPPED),
        (("gold", "import", "IN.xlsx"), ("gold", "import", "IN.xlsx", "--corrections", "out.jsonl")),
    ),
    "overview's workbooks": (
        lambda: _made("overview", "RECORDS", "--workbook", "OUT", "-o", "/dev/null", name="made.xlsx"),
        tuple(ZIPPED),
        (("gold", "import", "IN.xlsx", "--corrections", "out.jsonl"),),
    ),
    "lists of files": (
        lambda: b"SAMPLE.txt\nnone.txt\nin\n",
        _ROWS,
        (("extract", "--files-from", "IN", "-o", "out.jsonl"),),
    ),
    "reuse": (
        lambda: _made("reuse", "RECORDS", "-o", "OUT", name="made.json"),
        tuple(JSON),
        (("overview", "RECORDS", "--reuse", "IN", "-o", "out.html"),),
    ),
}
"""The files of each kind, how they are damaged, and the commands that take them."""


@cache
def _whole(kind: str) -> bytes:
    return KINDS[kind][0]()


def damaged(kind: str, seed: int, count: int, begin: int = 0) -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    """Yield files of a kind that are damaged, each with its name and the command that is to take it."""
    ways, orders = KINDS[kind][1:]
    for n in range(begin, begin + count):
        chance = Random(f"{kind}/{seed}/{n}")
        content = _whole(kind)
        for _ in range(chance.choice((1, 1, 2, 4))):
            content = chance.choice(ways)(content, chance)
        yield f"{kind}/{seed}/{n}", content, chance.choice(orders)


def fed(kind: str, seed: int, count: int, begin: int = 0) -> Found:
    """Run commands, each in a process of its own, on so many damaged files of a kind."""
    warm()
    found = Found(kind)
    for name, content, order in damaged(kind, seed, count, begin):
        found.add(_of(name, content, order))
    return found


def _of(name: str, content: bytes, order: tuple[str, ...]) -> Fed:
    with tempfile.TemporaryDirectory() as place:
        words = {"SAMPLE": "SAMPLE.txt", "IN": "in.jsonl", "IN.tsv": "in2021.tsv", "IN.xlsx": "in.xlsx"}
        words |= {
            "RECORDS": "given.jsonl",
            "LABELS.tsv": "a2021.tsv",
            "CORRECTIONS": "given-corrections.jsonl",
        }
        contents = {"SAMPLE": samples()[1].encode(), "RECORDS": records(), "LABELS.tsv": _labels()}
        contents |= {"CORRECTIONS": _corrections()}
        for word in {*order, "SAMPLE"}:
            if word in words:
                Path(place, words[word]).write_bytes(contents.get(word, content))
        named = tuple(words.get(word, word) for word in order)
        run = start(named, Path(place))
        try:
            finished(run)
        except AssertionError:
            return Fed(name, "too_slow", 0.0, 0, " ".join(named))
        said = run.said
        run.words.unlink()
    if _FAULT.search(said) or run.code not in _CODES:
        return Fed(name, "fault", 0.0, 0, f"{' '.join(named)}: exit {run.code} {said[-400:]}")
    return Fed(name, f"exit {run.code}", 0.0, 0)


def case(name: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a damaged file by its name, and its command."""
    kind, seed, n = name.rsplit("/", 2)
    _, content, order = next(damaged(kind, int(seed), 1, int(n)))
    return content, order
