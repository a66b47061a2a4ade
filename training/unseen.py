"""Pages of a kind that the corpus lacks, reports quoted in an e-mail, to try retraining on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from nlp.writers.output import keep
from training.corpus import Sample, samples
from training.labelled import Labelled, rows

LAYOUT = "tabs"
SEED = 20_777

_HEAD = (
    "-------- 转发邮件信息 --------",
    "发件人：{agency}",
    "发送日期：{year}-01-{day:02} 09:{minute:02}:00",
    "收件人：信息公开办公室",
    "主题：政府信息公开年报",
)


def mails(count: int, seed: int = SEED) -> Iterator[Labelled]:
    """Yield so many labelled e-mails, each of another agency and named by it.

    >>> mail = next(mails(1))
    >>> mail.text.split("\\n")[6][:2], len(mail.labels) == mail.text.count("\\n") + 1
    ('> ', True)
    """
    agencies = set[str]()
    for sample in samples(seed, 100 * count):
        if sample.layout == LAYOUT and sample.agency not in agencies and len(agencies) < count:
            agencies.add(sample.agency)
            yield _mail(sample)


def _mail(sample: Sample) -> Labelled:
    """Quote a report: a mark before each line, on the blank ones nothing but the mark."""
    rng = Random(sample.name)
    year = sample.gold.get("year", 2023)
    said = {"agency": sample.agency, "year": year, "day": rng.randint(1, 31), "minute": rng.randint(0, 59)}
    head = [(line.format(**said), "furniture") for line in _HEAD]
    pairs = zip(sample.text.split("\n"), sample.labels, strict=True)
    body = [(f"> {line}", label) if label else (">", "furniture") for line, label in pairs]
    texts, labels = zip(*head, ("", ""), *body, strict=True)
    name = f"{sample.agency}-{year}.tsv"
    return Labelled(name, sample.agency, "\n".join(texts), labels, name, str(sample.gold["form"]), ("mails",))


def write(folder: Path, pages: int = 12, held_out: int = 20) -> None:
    """Write pages to choose from, the labels that a person would give them, and label files held out."""
    for n, mail in enumerate(mails(pages + held_out)):
        content = rows(mail.text, mail.labels).encode("utf-8")
        if n < pages:
            keep((folder / "pages" / mail.name).with_suffix(".txt"), mail.text.encode("utf-8"))
        keep(folder / ("corrected" if n < pages else "held_out") / "mails" / mail.name, content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
    print(f"Written to {sys.argv[1]}: pages, corrected and held_out.")
