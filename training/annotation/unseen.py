"""Pages of kinds that the corpus lacks, to try retraining on: lines as mail, exports and tools put them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

from nlp.labelling.gazetteer import value_kind
from nlp.text.folding import filled, fold
from nlp.writers.output import keep
from training.generator.corpus import Sample, met, samples
from training.labels.label_files import Labelled, rows
from training.rendering.archive import entries

LAYOUT = "tabs"
SEED = 20_777
PAGES, HELD_OUT = 12, 20

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
    """Quote a report in an e-mail: a mark before each line, on the blank ones nothing but the mark."""
    year = sample.gold.get("year", 2023)
    said = {"agency": sample.agency, "year": year, "day": rng.randint(1, 31), "minute": rng.randint(0, 59)}
    yield from ((line.format(**said), "furniture") for line in _HEAD)
    yield "", ""
    for line, label in _rows(sample):
        yield (f"> {line}", label) if label else (">", "furniture")


def numbered(sample: Sample, rng: Random) -> Iterator[Row]:
    """Number every line, the blank ones too, as print-outs for the file have it."""
    for n, (line, label) in enumerate(_rows(sample), 1):
        yield f"{n:>6}  {line}", label or "furniture"


def served(sample: Sample, rng: Random) -> Iterator[Row]:
    """Answer as the interface of an open data site does: JSON, one line of the report a record."""
    records = [row for row in _rows(sample) if row[1]]
    yield '{"code": 200, "msg": "success", "rows": [', "furniture"
    for n, (line, label) in enumerate(records, 1):
        yield f'  {{"id": {n}, "content": {json.dumps(line, ensure_ascii=False)}}},', label
    yield f'], "total": {len(records)}}}', "furniture"


def recognised(sample: Sample, rng: Random) -> Iterator[Row]:
    """Print what character recognition saw: each box with how sure it is."""
    for _, _, text, label in _boxes(sample):
        yield f"('{text}', {rng.uniform(0.9, 1):.4f})", label


def listed(sample: Sample, rng: Random) -> Iterator[Row]:
    """List the cells of a spreadsheet by their references."""
    yield "[工作表] Sheet1", "furniture"
    for n, column, text, label in _boxes(sample):
        yield f"{chr(ord('A') + column % 26)}{n}: {text}", label


def read_aloud(sample: Sample, rng: Random) -> Iterator[Row]:
    """Write down what a screen reader says: headings, paragraphs, the row and column of each cell."""
    for n, column, text, label in _boxes(sample):
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


def _boxes(sample: Sample) -> Iterator[tuple[int, int, str, str]]:
    """Yield each cell and each paragraph with its line, its column from 0, and its label."""
    for n, (line, label) in enumerate(_rows(sample), 1):
        cells = line.split("\t") if label in _TABLE else [line] if label else []
        for column, cell in enumerate(cells):
            if bare := filled(fold(cell)).strip():
                yield n, column, cell.strip(), _cell_label(bare) if label in _TABLE else label


def _cell_label(cell: str) -> str:
    return "numeric_cell" if value_kind(cell) else "table_row"


def pages(kind: str, count: int, seed: int = SEED) -> Iterator[Labelled]:
    """Yield so many labelled pages of a kind, each of another agency, which the shipped corpus lacks.

    >>> mail = next(pages("mails", 1))
    >>> mail.text.split("\\n")[6][:2], len(mail.labels) == mail.text.count("\\n") + 1
    ('> ', True)
    """
    known = {*met(), *(entry.agency for entry in entries())}
    return islice(
        (_page(kind, sample) for sample in samples(seed, 100 * count) if _fits(sample, known)), count
    )


def _fits(sample: Sample, known: set[str]) -> bool:
    """Tell whether a report is one of tables row by row, and the first one of its agency."""
    fits = sample.layout == LAYOUT and sample.agency not in known
    known.add(sample.agency)
    return fits


def _page(kind: str, sample: Sample) -> Labelled:
    texts, labels = zip(*KINDS[kind](sample, Random(sample.name)), strict=True)
    name = f"{sample.agency}-{sample.gold.get('year', 2023)}.tsv"
    return Labelled(name, sample.agency, "\n".join(texts), labels, name, str(sample.gold["form"]), (kind,))


def write(folder: Path, kind: str = "mails") -> None:
    """Write pages to choose from, the labels that a person would give them, and label files held out."""
    for n, page in enumerate(pages(kind, PAGES + HELD_OUT)):
        content = rows(page.text, page.labels).encode("utf-8")
        if n < PAGES:
            keep((folder / "pages" / page.name).with_suffix(".txt"), page.text.encode("utf-8"))
        keep(folder / ("corrected" if n < PAGES else "held_out") / kind / page.name, content)


if __name__ == "__main__":
    write(Path(sys.argv[1]), *sys.argv[2:])
    print(f"Written to {sys.argv[1]}: pages, corrected and held_out.")
