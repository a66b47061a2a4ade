"""How many cells the given cells of pages, Word documents and ruled PDFs tell by themselves.

Run as `python -m benchmarks.given_cells FOLDER [COUNT]`: renders generated reports into the folder with
LibreOffice and Chromium, those that are not there already, and prints for each kind of file how many cells
the layout of given cells reads right, reads wrong, and does not give.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp.form import form as forms
from nlp.form.labels.lexicon import lexicon
from nlp.reading.inputs import Input
from nlp.reading.reader import read
from nlp.tables.given.cells import given_cells
from nlp.tables.given.grid import GivenReading
from nlp.tables.labels.headers import headers_of
from nlp.tables.page.cell_values import number
from nlp.tables.page.tokens import Kind, tokens
from nlp.text.cells import MONEY_UNIT
from nlp.text.lines import split
from training.rendering.rendering import Work
from training.rendering.rendering import render as rendered
from training.rendering.reports import NET, reports

KINDS = {
    "html": "html/{}.html",
    "docx": "docx/{}.docx",
    "pdf (LibreOffice)": "lo/{}.pdf",
    "pdf (Chromium)": "cr/{}.pdf",
}
FACTS = ("tables", "exact", "given, not exact", "right", "wrong", "not given")
_UNIT = re.compile(MONEY_UNIT)


def render(folder: Path, count: int) -> None:
    """Write the files of so many reports, without having any tool read them."""
    work = Work(folder, lambda words: print(words, file=sys.stderr), labels_wanted=False)
    for _ in rendered(reports(NET, count), lambda tool, report: False, work):
        pass


def measured(file: Path, gold: dict[str, Any]) -> Iterator[str]:
    """Yield a fact for each table and each cell of a report."""
    document = read(Input(str(file)))
    lines = split(document.text)
    form = forms.named(gold["form"])
    for table in form.tables:
        rows = gold["tables"].get(table.id)
        if not rows:
            continue
        known = lexicon(form.edition, table.id)
        reading = given_cells(document.tables, lines, table, known)
        found = [token for line in lines for token in tokens(line)]
        headers = {header.column: found[header.place].text for header in headers_of(found, known)}
        outcomes = [
            _outcome(reading, table.column[column], headers.get(column), row, value)
            for row, columns in rows.items()
            for column, value in columns.items()
        ]
        yield from outcomes
        yield "tables"
        is_exact = set(outcomes) == {"right"}
        if is_exact:
            yield "exact"
        elif reading is not None:
            yield "given, not exact"


def _outcome(
    reading: GivenReading | None, column: forms.Column, header: str | None, row: str, value: object
) -> str:
    """Return whether a cell is given as gold has it; `header` is the label of its column on the page."""
    token = None if reading is None else reading.cells.get((row, column.id))
    if reading is None or token is None:
        return "not given"
    if token.kind is not Kind.VALUE:
        return "right" if value is None else "wrong"
    unit = _UNIT.search(header or "")
    read_value = number(token.text, column, unit.group() if unit else "")
    return "right" if read_value == value else "wrong"


def main(folder: Path, count: int) -> None:
    """Render, measure and print the table."""
    render(folder, count)
    names = sorted(file.stem for file in (folder / "gold").glob("*.json"))[:count]
    print("| | " + " | ".join(FACTS) + " |\n|---|" + "---|" * len(FACTS))
    for kind, pattern in KINDS.items():
        counts: Counter[str] = Counter()
        for name in names:
            file = folder / pattern.format(name)
            gold = json.loads((folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))
            if file.exists():
                facts = Counter(measured(file, gold))
                counts += facts
                if "--each" in sys.argv and (facts["wrong"] or facts["not given"]):
                    print(f"  {kind} {name}: {facts['wrong']} wrong, {facts['not given']} not given")
        print(f"| {kind} | " + " | ".join(f"{counts[fact]:,}" for fact in FACTS) + " |")


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--each"]
    main(Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 200)
