"""What the commands, and nothing else, say of the pages of a world: as (kind, agency, year)."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import json

from training.years.offices import own_file
from training.years.world import Key, PageFile, World

_PAGES, _RECORDS, _OWN = "pages", "records.jsonl", "mine.csv"
_ACROSS, _AGENCIES, _REUSE = "across.json", "agencies.json", "reuse.json"


@dataclass(frozen=True)
class Chain:
    """A passage that reports share: of which agency and year each is, and whether the texts are one.

    `same` is judged by the texts alone, white space aside.
    """

    places: tuple[tuple[int, int], ...]
    same: bool
    text: str

    @property
    def is_between(self) -> bool:
        """Whether several agencies have the passage."""
        return len({office for office, _ in self.places}) > 1


@dataclass
class Told:
    """What was told of a world.

    `findings` are the faults told, each with what it says; `sure` are those that are told for certain, the
    others are told as doubtful, since reading or identity of a report is; `names` the agency of each page by
    its path, None where it could not be told; `unread` are pages that no person may use unattended.
    """

    findings: dict[Key, list[str]] = field(default_factory=dict)
    sure: set[Key] = field(default_factory=set)
    names: dict[str, str | None] = field(default_factory=dict)
    to_review: set[tuple[int, int]] = field(default_factory=set)
    reviews: dict[str, int] = field(default_factory=dict)
    chains: list[Chain] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def left_open(self) -> set[Key]:
        """The faults that are told as doubtful only."""
        return set(self.findings) - self.sure

    def add(
        self, kind: str, page: PageFile, says: str, year: int | None = None, *, is_sure: bool = True
    ) -> None:
        """Note that a fault was told of a page, for certain or as doubtful."""
        key = (kind, page.office, year or page.year)
        self.findings.setdefault(key, []).append(says)
        if is_sure:
            self.sure.add(key)


def written(made: World, folder: Path) -> dict[str, PageFile]:
    """Write the pages of a world into a folder; return them by the paths that records will have."""
    pages = {}
    for page in made.pages():
        file = folder / _PAGES / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page.content)
        pages[f"{_PAGES}/{page.path}"] = page
    (folder / _OWN).write_text(own_file(made.offices), encoding="utf-8")
    return pages


def run(folder: Path, jobs: int = 1) -> None:
    """Run the commands on the pages of a folder."""
    own = ["--agencies", _OWN]
    _nianbao(folder, "extract", _PAGES, "-o", _RECORDS, "--jobs", str(jobs), *own)
    _nianbao(folder, "agencies", _RECORDS, "-o", _AGENCIES, *own)
    _nianbao(folder, "check", "--across-only", _RECORDS, "-o", _ACROSS)
    _nianbao(folder, "reuse", _RECORDS, "-o", _REUSE, "--jobs", str(jobs))


def read(folder: Path, pages: dict[str, PageFile]) -> Told:
    """Return what the files say that the commands wrote into a folder."""
    found = Told()
    ids: dict[str, list[str]] = {}
    for line in (folder / _RECORDS).read_bytes().splitlines():
        record = json.decode(line)
        path = record["source"]["path"]
        ids.setdefault(record["id"], []).append(path)
        found.names[path] = None
        _of_record(found, record, pages[path])
    _of_agencies(found, json.decode((folder / _AGENCIES).read_bytes()), ids, pages)
    for finding in json.decode((folder / _ACROSS).read_bytes())["findings"]:
        page = pages[finding["paths"][-1]]
        is_sure = finding["blame"] == "source" or not finding["doubts"]
        year = max(finding["years"]) if len(finding["years"]) > 1 else page.year
        found.add(finding["kind"], page, finding["message"], year, is_sure=is_sure)
    _of_reuse(found, json.decode((folder / _REUSE).read_bytes()), pages)
    return found


def _of_record(found: Told, record: dict[str, Any], page: PageFile) -> None:
    """Note what a record says of its own page."""
    for check in record.get("checks", ()):
        if check["outcome"] != "broken":
            continue
        kind = "claim" if check["id"].startswith("claims.") else "broken_sum"
        says = f"{check['id']}: {check['left']} {check['right']}"
        if kind == "claim":
            claim = record["claims"][int(check["id"].rpartition(".")[2])]
            says += " " + claim["text"]
        found.add(kind, page, says, is_sure=check["blame"] == "source")
    for reason in record.get("review", ()):
        found.to_review.add((page.office, page.year))
        found.reviews[reason["code"]] = found.reviews.get(reason["code"], 0) + 1
        if reason["code"] in ("organization_doubtful", "year_doubtful"):
            found.doubts.append(f"{page.path}: {reason['message']}")


def _of_agencies(
    found: Told, told: dict[str, Any], ids: dict[str, list[str]], pages: dict[str, PageFile]
) -> None:
    """Note which agency each page is said to be of, and which pages are one report."""
    for agency in told["agencies"]:
        for report in agency["reports"]:
            for path in ids[report]:
                found.names[path] = agency["name"]
        for repeated in agency["duplicates"]:
            paths = [path for report in dict.fromkeys(repeated) for path in ids[report]]
            for path in paths:
                found.names[path] = agency["name"]
            last = max((pages[path] for path in paths), key=lambda page: page.year)
            found.add("same_report", last, " = ".join(paths))


def _of_reuse(found: Told, told: dict[str, Any], pages: dict[str, PageFile]) -> None:
    """Note passages that reports share, and names and years that were left behind."""
    for left in told["left"]:
        found.add(left["kind"], pages[left["path"]], left["found"], is_sure=not left["doubtful"])
    for chain in told["copied"]:
        copies = [(pages[copy["path"]], "".join(copy["text"].split())) for copy in chain["copies"]]
        places = tuple((page.office, page.year) for page, _ in copies)
        first = copies[0][1]
        same = all(text in first or first in text for _, text in copies)
        found.chains.append(Chain(places, same, first))


def _nianbao(folder: Path, *arguments: str) -> None:
    """Run a command; RuntimeError with its own words where it could not do what it should."""
    command = [sys.executable, "-m", "nlp", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"nianbao {' '.join(arguments)}: {done.stderr}")
