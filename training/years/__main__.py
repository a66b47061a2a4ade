"""Writes docs/years.md: how well every finding is found on a world of pages, `python -m training.years`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from training.years import findings
from training.years.judging import Judged, judged, share
from training.years.page_of_docs import filled
from training.years.world import World, world

_DOCS = Path(__file__).parents[2] / "docs" / "years.md"
_YEARS = range(2019, 2024)


def main() -> None:
    """Make a world, run the commands on it, judge what they say, and write the page."""
    arguments = ArgumentParser(prog="python -m training.years", description=__doc__)
    arguments.add_argument("--agencies", type=int, default=400, metavar="N")
    arguments.add_argument("--seed", type=int, default=7, metavar="S")
    arguments.add_argument("--jobs", type=int, default=2, metavar="N")
    arguments.add_argument("--keep", type=Path, metavar="DIR", help="where pages and findings are kept")
    arguments.add_argument(
        "--again", action="store_true", help="judge what is kept, without reading the pages"
    )
    asked = arguments.parse_args()
    made = world(asked.agencies, _YEARS, asked.seed)
    if asked.keep:
        found = tried(made, asked.keep, asked.jobs, again=asked.again)
    else:
        with TemporaryDirectory() as folder:
            found = tried(made, Path(folder), asked.jobs)
    for what, keys in (("missed", found.missed), ("false", found.false)):
        for key in keys:
            print(what, *key, "(to be looked at)" if key in found.looked_at else "")
    _DOCS.write_text(filled(_DOCS.read_text(encoding="utf-8"), made, found), encoding="utf-8")
    print(f"{share(found.joined, found.pages)} of the pages are joined right; written: {_DOCS}")


def tried(made: World, folder: Path, jobs: int = 1, *, again: bool = False) -> Judged:
    """Write a world's pages into a folder, run the commands there unless `again`, and judge what they say."""
    pages = findings.written(made, folder)
    if not again:
        findings.run(folder, jobs)
    return judged(made, findings.read(folder, pages), pages)


if __name__ == "__main__":
    main()
