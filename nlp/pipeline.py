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
from nlp.narrative.narrative import read_narrative
from nlp.reading import reader
from nlp.reading.document import Document, Unreadable
from nlp.reading.inputs import Input
from nlp.record.model import Failure, LabelledLine, LineLabel, Model, Report
from nlp.resources import folder
from nlp.tables.assemble import assemble
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
        record = _record(found, self.classifier.model, labelled if with_lines else UNSET)
        return replace(record, tables=on_pages(record.tables, document.positions))

    def findings(self, document: Document) -> Findings:
        """Return what every stage found out about a document, for `explaining`."""
        lines = split(document.text)
        return _findings(document, lines, _by_line(lines, label_lines(lines, self.classifier)))


def unread(input: Input, why: Failure) -> Report:
    """Return the report of an input of which nothing could be read."""
    return Report(source=reader.nothing_of(input), error=why)


def _findings(document: Document, lines: list[Line], labels: list[LineLabel | None]) -> Findings:
    narrative = read_narrative(lines, labels, document.source.path)
    spans = {section.kind: section.lines for section in narrative.sections if section.kind in _TABLES}
    assembly = assemble(lines, labels, spans, narrative.identity.year)
    checks = assess(assembly.form, assembly.tables) if assembly.form else []
    return Findings(
        document.source,
        narrative.identity,
        assembly,
        narrative.sections,
        narrative.problems,
        narrative.improvements,
        checks,
    )


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


def _by_line(lines: Sequence[Line], labelled: Sequence[LabelledLine]) -> list[LineLabel | None]:
    labels: list[LineLabel | None] = [None] * len(lines)
    for line in labelled:
        labels[line.n - 1] = line.label
    return labels
