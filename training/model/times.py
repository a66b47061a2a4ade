"""Measures what training on own label files and comparing takes: `python -m training.model.times`."""

from __future__ import annotations

import resource
import time
from argparse import ArgumentParser
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from nlp.labelling.classifier import LineClassifier
from nlp.resources import folder
from nlp.writers.output import keep
from training.labels.label_files import Labelled, write
from training.model import evidence
from training.model.comparing import agencies_of, compare
from training.model.measurements import table
from training.model.releasing import train_into
from training.model.train import corpus

FILES, HELD_OUT = 3, 20
"""The numbers of label files that are trained on, and that judge."""

_SEED = 40_404
_PREFIX = "> "
"""What stands before each line of the label files, so that a fifth of the corpus is read again with it."""

_PAGE = """\
# What training takes

Written by `python -m training.model.times`: a model trained on the corpus that ships and on {files} label
files of quoted reports (`nianbao train`, with its measuring on agencies held out), and compared with the
shipped one on {held_out} others and on 400 generated documents, in lines and records (`nianbao models
compare`). "Processor" is what one processor takes for all of it. "On two" of that was spent by two threads
or processes at once, so that two quiet processors take the first less half of the second. Other work on the
machine makes all of these longer.

{times}"""


class Spent(Struct, frozen=True):
    """What something took: seconds of the processor, those of them by two at once, and memory in MiB."""

    processor: float
    on_two: float
    memory: float

    @property
    def least(self) -> float:
        """The seconds that two processors take which have nothing else to do."""
        return self.processor - self.on_two / 2


def spent(work: Callable[[Path], object], place: Path) -> Spent:
    """Return what some work in a folder takes in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_measured, work, place).result()


def _measured(work: Callable[[Path], object], place: Path) -> Spent:
    work(place)
    main = time.thread_time()
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    every = sum(usage.ru_utime + usage.ru_stime for usage in (own, children))
    return Spent(every, every - main, own.ru_maxrss / 1024)


def _train(place: Path) -> None:
    train_into(place / "model", [place / "own"])


def _compare(place: Path) -> None:
    old, new = LineClassifier.load(folder("models") / "lines"), LineClassifier.load(place / "model")
    own = evidence.read(place / "model", new.manifest)
    compare(old, new, [_quoted(page) for page in _pages()[FILES:]], own=own)


def _pages() -> list[Labelled]:
    """Return reports of agencies that the corpus does not have, each of another one."""
    met = set(agencies_of(LineClassifier.load(folder("models") / "lines").manifest))
    by_agency = {page.agency: page for page in corpus(_SEED, 4 * (FILES + HELD_OUT))}
    return [page for agency, page in by_agency.items() if agency not in met][: FILES + HELD_OUT]


def _quoted(page: Labelled) -> Labelled:
    text = "\n".join(f"{_PREFIX}{line}" if line.strip() else line for line in page.text.split("\n"))
    name = f"{page.agency}-{page.name}.tsv"
    return Labelled(name, page.agency, text, page.labels, name, page.edition, ("quoted",))


def main() -> None:
    """Measure, print the page and write it."""
    ArgumentParser(prog="python -m training.model.times", description=__doc__).parse_args()
    with TemporaryDirectory() as temporary:
        place = Path(temporary)
        (place / "own").mkdir()
        for page in map(_quoted, _pages()[:FILES]):
            write(place / "own" / page.file, page.text, page.labels)
        rows = [("train", spent(_train, place)), ("compare", spent(_compare, place))]
    head = ("", "processor", "on two", "two quiet processors", "memory at most")
    total = Spent(sum(one.processor for _, one in rows), sum(one.on_two for _, one in rows), 0)
    cells = [(name, *_cells(one), f"{one.memory:,.0f} MiB") for name, one in rows]
    text = _PAGE.format(
        files=FILES, held_out=HELD_OUT, times=table(head, *cells, ("together", *_cells(total), ""))
    )
    keep(folder("training") / "times.md", text.encode("utf-8"))
    print(text)


def _cells(one: Spent) -> tuple[str, ...]:
    return tuple(f"{seconds:,.0f} s" for seconds in (one.processor, one.on_two, one.least))


if __name__ == "__main__":
    main()
