"""Builds data/divisions from published lists of China's divisions, as docs/agencies.md says which."""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from nlp.resources import folder, knowledge

_FIRST_YEAR = 2007
"""Reports begin with 2008: names that were given up before are left out."""

_FILES = (
    *("divisions", "changes", "townships", "streets", "towns", "revisions", "area-codes", "characters"),
)
_AFTER_USUAL = "\ua000"
"""Rarer Chinese characters come behind this one."""
_NO_DIVISIONS = ("市辖区", "县", "省直辖", "自治区直辖")
_OFTEN = 3
"""A character in the names of so many towns is no oversight."""

_TOWN_ENDINGS = ("镇", "乡", "街道", "苏木")
_TOWN_OFFICE = "办事处"
_TABLE_HEADER = ("code", "name", "until", "follows")


class Division(NamedTuple):
    """A province, city or county: its code, name, the last year of the name, the code that follows it.

    `until` and `follows` are empty for a division of today.
    """

    code: str
    name: str
    until: str = ""
    follows: str = ""


def current_divisions(path: Path) -> dict[str, str]:
    """Return today's names by code, from the list of the national database of place names."""
    names: dict[str, str] = {}
    for province, below in json.loads(path.read_text(encoding="utf-8"))["provinces"].items():
        names[below["code"][:6]] = province
        for city, counties in below["cities"].items():
            if city:
                names[counties["code"][:6]] = city
            for county, code in counties["counties"].items():
                names[code[:6]] = county
    return names


def former_divisions(
    path: Path, current: Mapping[str, str], named: Iterable[Mapping[str, Any]]
) -> list[Division]:
    """Return the divisions that were renamed or merged since, with the code that follows each today.

    `path` is the list of changes, `named` are changes that it lacks, in its shape.
    """
    changes: dict[tuple[str, str], tuple[int, tuple[str, str]]] = {}
    for change in (*json.loads(path.read_text(encoding="utf-8"))["events"], *named):
        old, new = change["old"], change["new"]
        if not old or not new or not old.get("code") or not new.get("code") or not new.get("name"):
            continue
        former, later = (old["code"][:6], old["name"]), (new["code"][:6], new["name"])
        if former != later:
            changes[former] = (change["year"], later)
    listed = []
    for (code, name), (year, _) in changes.items():
        if year < _FIRST_YEAR or current.get(code) == name:
            continue
        follows = _followed((code, name), changes, current)
        if (follows is not None and current[follows] != name) or (follows is not None and code != follows):
            listed.append(Division(code, name, str(year), follows))
    return listed


def _followed(
    former: tuple[str, str],
    changes: Mapping[tuple[str, str], tuple[int, tuple[str, str]]],
    current: Mapping[str, str],
) -> str | None:
    """Return the code of today that a former division ends in; None where the changes do not lead there."""
    seen = set()
    while former in changes and former not in seen:
        seen.add(former)
        former = changes[former][1]
    code, name = former
    return code if current.get(code) == name else None


def towns(
    lists: Iterable[Iterable[tuple[str, str]]], current: Mapping[str, str], former: Iterable[Division]
) -> dict[str, set[str]]:
    """Return the codes of the counties that have a town or street of a name in any of the lists."""
    follows = {division.code: division.follows for division in former}
    counties: defaultdict[str, set[str]] = defaultdict(set)
    for one in lists:
        for name, county in one:
            name = name.removesuffix(_TOWN_OFFICE)
            if name.endswith(_TOWN_ENDINGS) and len(name) > 2:
                counties[name].add(follows.get(county, county) if county not in current else county)
    return counties


def _towns_of_database(path: Path) -> Iterator[tuple[str, str]]:
    for county, below in json.loads(path.read_text(encoding="utf-8")).items():
        for name in below["townships"]:
            yield name, county[:6]


def _towns_of_table(path: Path, county: str) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["name"], row[county]


def _names_in_revisions(path: Path) -> dict[tuple[str, str], int]:
    """Return every (code, name) in the revisions of GB/T 2260 with the last year that has it."""
    spec = importlib.util.spec_from_file_location("revisions", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    last: dict[tuple[str, str], int] = {}
    for revision, names in module.data.items():
        year = int(str(revision)[:4]) if revision else 2014
        for code, name in names.items():
            last[str(code), name] = max(year, last.get((str(code), name), 0))
    return last


def _unfollowed(
    last: Mapping[tuple[str, str], int], current: Mapping[str, str], former: Iterable[Division]
) -> list[str]:
    """Return the former names in the revisions that no change explains."""
    explained = {(division.code, division.name) for division in former}
    today = set(current.values())
    missing = []
    for (code, name), year in sorted(last.items()):
        is_known = (code, name) in explained or name in today
        if year >= _FIRST_YEAR and not is_known and not name.startswith(_NO_DIVISIONS):
            missing.append(f"{code} {name} ({year})")
    return missing


def _traditional(path: Path, kept: str) -> tuple[str, str]:
    """Return traditional characters and the simplified one of each; `kept` are simplified already."""
    traditional, simplified = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        character, _, others = line.partition("\t")
        first = others.split(" ")[0]
        is_usual = len(character) == len(first) == 1 and max(character, first) < _AFTER_USUAL
        if is_usual and character not in kept:
            traditional.append(character)
            simplified.append(first)
    return "".join(traditional), "".join(simplified)


def _characters_of(rows: Iterable[Division], towns_by_name: Iterable[str]) -> str:
    """Return the characters that names of divisions hold, and those that names of several towns do.

    One in a single town's name may be an oversight of its list.
    """
    counts = Counter(character for name in towns_by_name for character in set(name))
    often = "".join(character for character, count in counts.items() if count >= _OFTEN)
    return "".join(division.name for division in rows) + often


def main() -> None:
    """Build the files of data/divisions from the lists that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in _FILES:
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    to = folder("data") / "divisions"
    current = current_divisions(given.divisions)
    former = former_divisions(given.changes, current, knowledge("agencies")["changes"])
    rows = [*(Division(code, name) for code, name in current.items()), *former]
    with (to / "divisions.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(_TABLE_HEADER)
        writer.writerows(sorted(rows))
    lists = (
        _towns_of_database(given.townships),
        _towns_of_table(given.streets, "areaCode"),
        _towns_of_table(given.towns, "code"),
    )
    counties = towns(lists, current, former)
    lines = "".join(f"{name}\t{','.join(sorted(codes))}\n" for name, codes in sorted(counties.items()))
    (to / "towns.tsv.xz").write_bytes(lzma.compress(lines.encode(), preset=9 | lzma.PRESET_EXTREME))
    traditional, simplified = _traditional(given.characters, _characters_of(rows, counties))
    (to / "traditional.txt").write_text(f"{traditional}\n{simplified}\n", encoding="utf-8")
    table = given.area_codes.read_text(encoding="utf-8").replace(",", "\t")
    (to / "area_codes.tsv").write_text(table, encoding="utf-8", newline="\n")
    unfollowed = _unfollowed(_names_in_revisions(given.revisions), current, former)
    print(f"{len(current)} divisions, {len(former)} former ones, {len(counties)} names of towns")
    print(f"former names in the revisions that no change explains: {', '.join(unfollowed) or 'none'}")


if __name__ == "__main__":
    main()
