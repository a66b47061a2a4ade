"""From one input to its report: every stage once, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from nlp.checking.review import Findings, review
from nlp.checking.sums import assess
from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import label_lines
from nlp.narrative.identity.no_report import appearance
from nlp.narrative.narrative import read_narrative
from nlp.reading import reader
from nlp.reading.document import Document, Unreadable
from nlp.reading.inputs import Input
from nlp.record.model import Failure, LabelledLine, LineLabel, Model, Report, Span, Tables
from nlp.resources import folder, knowledge
from nlp.tables.assemble import Assembly, assemble
from nlp.tables.cell_places import on_pages
from nlp.text.lines import Line, split

_TABLES = ("disclosure", "requests", "review_litigation")


class Reader:
    """Reads inputs with one model.

    >>> from nlp.resources import folder
    >>> report = Reader().read(Input(str(sorted((folder("data") / "samples").glob("*.txt"))[0])))
    >>> report.form in ("2019", "2021"), report.review
    (True, [])
    """

    def __init__(self, model: Path | None = None) -> None:
        self.classifier = LineClassifier.load(model or folder("models") / "lines")

    def read(
        self, input: Input, with_lines: bool = False, seen: Callable[[Document], None] | None = None
    ) -> Report:
        """Return the report of an input; one that could not be read says why in `error`.

        `seen` is called with the document before it is read into a report.
        """
        try:
            document = reader.read(input)
        except Unreadable as unreadable:
            return unread(input, Failure(unreadable.code, unreadable.message))
        if seen is not None:
            seen(document)
        return self.report(document, with_lines)

    def labels(self, input: Input) -> tuple[str, list[LabelledLine]]:
        """Return an input's decoded text and the label of every line that is not blank."""
        text = reader.read(input).text
        return text, label_lines(split(text), self.classifier)

    def report(self, document: Document, with_lines: bool = False) -> Report:
        """Return the report of a document."""
        lines = split(document.text)
        labelled = label_lines(lines, self.classifier)
        found = _findings(document, lines, _by_line(lines, labelled))
        kept = _with_title(labelled, found.title_lines) if with_lines else UNSET
        if not found.appearance.is_report and found.appearance.seems:
            return _no_report(found, self.classifier.model, kept)
        record = _record(found, self.classifier.model, kept)
        return replace(record, tables=on_pages(record.tables, document.positions))

    def findings(self, document: Document) -> Findings:
        """Return what every stage found out about a document, for `explaining`."""
        lines = split(document.text)
        return _findings(document, lines, _by_line(lines, label_lines(lines, self.classifier)))


def unread(input: Input, why: Failure) -> Report:
    """Return the report of an input of which nothing could be read."""
    return Report(source=reader.nothing_of(input), error=why)


def _no_report(found: Findings, model: Model, lines: list[LabelledLine] | UnsetType) -> Report:
    """Return the record of a page that is no report; its error says what the page seems to be."""
    seen = found.appearance
    message = knowledge("no_report")["message"].format(seems=seen.seems, title=seen.title or "by its text")
    return Report(source=found.source, model=model, lines=lines, error=Failure("no_report", message))


def _findings(document: Document, lines: list[Line], labels: list[LineLabel | None]) -> Findings:
    narrative = read_narrative(lines, labels, document.source.path)
    spans = {section.kind: section.lines for section in narrative.sections if section.kind in _TABLES}
    assembly = assemble(lines, labels, spans, narrative.identity.year)
    seen = appearance(narrative.page, _number_of_cells(assembly.tables))
    if not seen.is_report and not seen.seems:
        assembly = Assembly(None)  # nothing of a report was found: no edition of its form is told
    checks = assess(assembly.form, assembly.tables) if assembly.form else []
    return Findings(
        document.source,
        narrative.identity,
        seen,
        assembly,
        narrative.sections,
        narrative.problems,
        narrative.improvements,
        checks,
        narrative.title_lines,
    )


def _number_of_cells(tables: Tables) -> int:
    """Return how many cells of the form a page prints, with or without a number in them."""
    count = 0
    for rows in tables.values():
        for cells in rows.values():
            for cell in cells.values():
                count += cell.state != "missing"
    return count


def _record(found: Findings, model: Model, lines: list[LabelledLine] | UnsetType) -> Report:
    form = found.assembly.form
    return Report(
        source=found.source,
        organization=found.identity.organization,
        organization_confidence=found.identity.organization_confidence,
        organization_span=found.identity.organization_span,
        year=found.identity.year,
        year_confidence=found.identity.year_confidence,
        year_span=found.identity.year_span,
        form=form.edition if form else None,
        tables=found.assembly.tables,
        sections=found.sections,
        problems=found.problems,
        improvements=found.improvements,
        checks=found.checks,
        review=review(found),
        model=model,
        lines=lines,
    )


def _with_title(labelled: list[LabelledLine], title_lines: Span | None) -> list[LabelledLine]:
    """Return labels by which the title's lines are headings: its words tell it, whatever the model says."""
    if title_lines is None:
        return labelled
    first, last = title_lines
    amended = []
    for line in labelled:
        is_mistaken = first <= line.n <= last and line.label == "furniture"
        amended.append(replace(line, label="heading") if is_mistaken else line)
    return amended


def _by_line(lines: Sequence[Line], labelled: Sequence[LabelledLine]) -> list[LineLabel | None]:
    labels: list[LineLabel | None] = [None] * len(lines)
    for line in labelled:
        labels[line.n - 1] = line.label
    return labels
