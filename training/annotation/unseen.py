"""Writes reports as kinds of page that the generator does not make, to try training on new label files."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from nlp.labelling.gazetteer import value_kind
from nlp.text.folding import filled, fold
from nlp.writers.output import keep
from training.generator.corpus import Sample, met, samples
from training.labels.label_files import Labelled, rows
from training.records.known import KnownRecord
from training.rendering.archive import entries
from training.scoring.gold import Record

LAYOUT = "tabs"
"""The layout of the reports that are rewritten: cells separated by tabs."""

SEED = 20_777

PAGES, HELD_OUT = 12, 20
"""The numbers of pages of a kind to choose from and label, and to measure on."""

Row = tuple[str, str]
"""A line and its label."""

_HEAD = (
    "-------- 转发邮件信息 --------",
    "发件人：{agency}",
    "发送日期：{year}-01-{day:02} 09:{minute:02}:00",
    "收件人：信息公开办公室",
    "主题：政府信息公开年报",
)


def quoted(sample: Sample, rng: Random) -> Iterator[Row]:
    """Yield a report quoted in an e-mail: `> ` before each line, `>` for a blank one."""
    values = {
        "agency": sample.agency,
        "year": sample.gold.get("year", 2023),
        "day": rng.randint(1, 31),
        "minute": rng.randint(0, 59),
    }
    for line in _HEAD:
        yield line.format(**values), "furniture"
    yield "", ""
    for line, label in _rows(sample):
        if label:
            yield f"> {line}", label
        else:
            yield ">", "furniture"


def numbered(sample: Sample, rng: Random) -> Iterator[Row]:
    """Yield a report with a number before every line, blank ones included."""
    for n, (line, label) in enumerate(_rows(sample), 1):
        yield f"{n:>6}  {line}", label or "furniture"


def served(sample: Sample, rng: Random) -> Iterator[Row]:
    """Yield the JSON in which an open data site answers, with a record for each line of the report."""
    records = [row for row in _rows(sample) if row[1]]
    yield '{"code": 200, "msg": "success", "rows": [', "furniture"
    for n, (line, label) in enumerate(records, 1):
        yield f'  {{"id": {n}, "content": {json.dumps(line, ensure_ascii=False)}}},', label
    yield f'], "total": {len(records)}}}', "furniture"


def recognised(sample: Sample, rng: Random) -> Iterator[Row]:
    """Yield the output of character recognition: each text with its confidence."""
    for _, _, text, label in _texts(sample):
        yield f"('{text}', {rng.uniform(0.9, 1):.4f})", label


def listed(sample: Sample, rng: Random) -> Iterator[Row]:
    """Yield the cells of a spreadsheet, each after its reference."""
    yield "[工作表] Sheet1", "furniture"
    for n, column, text, label in _texts(sample):
        yield f"{chr(ord('A') + column % 26)}{n}: {text}", label


def read_aloud(sample: Sample, rng: Random) -> Iterator[Row]:
    """Yield what a screen reader says: headings and paragraphs as such, cells with their row and column."""
    for n, column, text, label in _texts(sample):
        if label == "heading":
            yield f"标题 级别 {rng.choice([1, 2])}  {text}", label
        elif label in _TABLE:
            yield f"行 {n}  列 {column + 1}  {text}", label
        else:
            yield f"段落 {text}", label


KINDS: dict[str, Callable[[Sample, Random], Iterator[Row]]] = {
    "mails": quoted,
    "numbered": numbered,
    "served": served,
    "recognised": recognised,
    "listed": listed,
    "read_aloud": read_aloud,
}

_TABLE = ("table_row", "numeric_cell")


def _rows(sample: Sample) -> Sequence[Row]:
    return list(zip(sample.text.split("\n"), sample.labels, strict=True))


def _texts(sample: Sample) -> Iterator[tuple[int, int, str, str]]:
    """Yield (line from 1, column from 0, text, label) of each cell that is not blank, and each other line."""
    for n, (line, label) in enumerate(_rows(sample), 1):
        if label in _TABLE:
            for column, cell in enumerate(line.split("\t")):
                content = filled(fold(cell)).strip()
                if content:
                    yield n, column, cell.strip(), "numeric_cell" if value_kind(content) else "table_row"
        elif label and filled(fold(line)).strip():
            yield n, 0, line.strip(), label


def pages(kind: str, count: int, seed: int = SEED) -> Iterator[Labelled]:
    """Yield labelled pages of a kind, each of a different agency; none of an agency of the shipped corpus.

    >>> mail = next(pages("mails", 1))
    >>> mail.text.split("\\n")[6][:2], len(mail.labels) == mail.text.count("\\n") + 1
    ('> ', True)
    """
    for sample in _reports(count, seed):
        yield _page(kind, sample)


def known_records(kind: str, count: int, seed: int = SEED) -> Iterator[KnownRecord]:
    """Yield the pages that `pages` yields, each with its right record, but for the lines of chapters."""
    for sample in _reports(count, seed):
        page = _page(kind, sample)
        gold = replace(msgspec.convert(sample.gold, Record), sections=UNSET)
        yield KnownRecord(page.name, page.text, gold, kind)


@cache
def _reports(count: int, seed: int) -> tuple[Sample, ...]:
    """Return reports with cells separated by tabs, each of another agency that the corpus does not have."""
    met_agencies = {*met(), *(entry.agency for entry in entries())}
    reports: list[Sample] = []
    for sample in samples(seed, 100 * count):
        if len(reports) == count:
            break
        is_new = sample.agency not in met_agencies
        met_agencies.add(sample.agency)
        if is_new and sample.layout == LAYOUT:
            reports.append(sample)
    return tuple(reports)


def _page(kind: str, sample: Sample) -> Labelled:
    texts, labels = zip(*KINDS[kind](sample, Random(sample.name)), strict=True)
    name = f"{sample.agency}-{sample.gold.get('year', 2023)}.tsv"
    return Labelled(name, sample.agency, "\n".join(texts), labels, name, str(sample.gold["form"]), (kind,))


def write(folder: Path, kind: str = "mails") -> None:
    """Write pages of a kind to a folder.

    The texts to choose from go to `pages`, their label files to `corrected`, further label files, to
    measure on, to `held_out`.
    """
    for n, page in enumerate(pages(kind, PAGES + HELD_OUT)):
        content = rows(page.text, page.labels).encode("utf-8")
        if n < PAGES:
            keep((folder / "pages" / page.name).with_suffix(".txt"), page.text.encode("utf-8"))
            keep(folder / "corrected" / kind / page.name, content)
        else:
            keep(folder / "held_out" / kind / page.name, content)


if __name__ == "__main__":
    write(Path(sys.argv[1]), *sys.argv[2:])
    print(f"Written to {sys.argv[1]}: pages, corrected and held_out.")
