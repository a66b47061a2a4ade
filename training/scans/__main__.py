"""Takes pictures of rendered reports, reads them, and writes docs/scans.md."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from msgspec import json

from nlp.pipeline import Reader
from training.scans.measuring import Taken, taken
from training.scans.writing import page

_REPORTS = 40


def main() -> None:
    """Read the reports that `python -m training.rendering` put into a folder; go on where a run stopped."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="what training.rendering wrote: cr, lo, gold")
    parser.add_argument("--first", type=int, default=0, help="the number of the first report")
    parser.add_argument("--end", type=int, default=_REPORTS, help="the number behind the last report")
    parser.add_argument("--kept", type=Path, default=Path("scans.jsonl"), help="where results are kept")
    parser.add_argument("--megabytes", type=int, default=0, help="what the extra takes where it is installed")
    parser.add_argument("--page", type=Path, help="write the page of the documentation here")
    asked = parser.parse_args()
    kept = _kept(asked.kept)
    done = {report.name for report in kept}
    reader = Reader()
    for number in range(asked.first, asked.end):
        if f"{number:04}" in done:
            continue
        for report in taken(asked.folder, number, number + 1, reader):
            kept.append(report)
            with asked.kept.open("ab") as file:
                file.write(json.encode(report) + b"\n")
            print(report.name, report.camera, report.cells, report.is_accepted, report.wrong, flush=True)
    if asked.page:
        kept.sort(key=lambda report: report.name)
        asked.page.write_text(page(kept, asked.megabytes), encoding="utf-8")


def _kept(file: Path) -> list[Taken]:
    if not file.exists():
        return []
    return [json.decode(line, type=Taken) for line in file.read_bytes().splitlines()]


main()
