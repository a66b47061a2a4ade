"""Shows the lines of a document with the label of each, for a person to correct."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nlp.desk.labels import Line
from nlp.desk.words import Words
from nlp.labelling.classifier import LABELS
from nlp.showing.markup import Child, Markup, element


def labels_main(number: int, lines: Sequence[Line], file: Path, words: Words) -> Markup:
    """Return the main part of the page with the lines of report `number`; `file` is its label file."""
    rows = [_row(n, line) for n, line in enumerate(lines, 1)]
    keys = "　".join(f"{n} {label}" for n, label in enumerate(LABELS, 1))
    return element(
        "main",
        element("h1", words.say("lines")),
        element("p", words.say("lines_help", file=file), class_="path"),
        element("p", keys, class_="path"),
        element("table", element("tbody", *rows), class_="lines", lang="zh"),
        id="main",
        class_="list",
        data_number=number,
    )


def _row(n: int, line: Line) -> Markup:
    choice: Child = None
    if line.label:
        options = [
            element("option", label, value=label, selected="" if label == line.label else None)
            for label in LABELS
        ]
        choice = element(
            "select",
            *options,
            data_label=n,
            aria_label=f"{n} {line.text}",
            class_="doubtful" if line.is_doubtful else None,
        )
    return element("tr", element("th", str(n), scope="row"), element("td", choice), element("td", line.text))
