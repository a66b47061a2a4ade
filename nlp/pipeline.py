"""The pipeline from an input to its report: reading, labelling, tables and narrative, checking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from nlp.agencies.agencies import agency_of
from nlp.checking.captions import captions_against
from nlp.checking.derived import derived
from nlp.checking.reading_order import misplaced, placed
from nlp.checking.recognised import with_doubts, with_recognition, without_blame
from nlp.checking.review import Findings, review
from nlp.checking.sums import assess
from nlp.claims.assessing import findings as differing
from nlp.claims.claims import claims
from nlp.labelling.classifier import LineClassifier
from nlp.labelling.judgement import Slopes
from nlp.labelling.label_lines import JudgedLine, label_lines, label_text, with_dress_only
from nlp.labelling.model_folder import Manifest
from nlp.narrative.chapters.heading_choice import TABLE_CHAPTERS
from nlp.narrative.identity import identity
from nlp.narrative.identity.no_report import appearance
from nlp.narrative.narrative import read_narrative
from nlp.reading import reader
from nlp.reading.document import Document, Unreadable
from nlp.reading.inputs import Input
from nlp.record.claims import Claim
from nlp.record.model import Failure, LabelledLine, LineLabel, Model, Report, Span, Tables
from nlp.resources import folder, knowledge
from nlp.running_on.breaks import are_joined, breaks
from nlp.running_on.printed_lines import PrintedLines
from nlp.tables import judge
from nlp.tables.assemble import Assembly, assemble
from nlp.tables.cell_places import in_document, on_pages
from nlp.tables.confidence import Confidences
from nlp.tables.judge import Judge
from nlp.text.lines import Line, broken

if TYPE_CHECKING:
    from nlp.reading.scan.engine import Ocr


class Reader:
    """Reads inputs into reports with one line model, that in the folder `model` or the shipped one.

    >>> from nlp.resources import folder
    >>> report = Reader().read(Input(str(sorted((folder("data") / "samples").glob("*.txt"))[0])))
    >>> report.form in ("2019", "2021"), report.review
    (True, [])
    """

    def __init__(self, model: Path | None = None) -> None:
        """Load the model, and what was fitted for tables; raises ModelError where one cannot be used."""
        self.classifier = LineClassifier.load(model or folder("models") / "lines")
        self.judge, self.slopes = _fits(self.classifier.manifest)

    @classmethod
    def of(cls, classifier: LineClassifier) -> Reader:
        """Return the reader with a line model that is in memory already."""
        reader = cls.__new__(cls)
        reader.classifier = classifier
        reader.judge, reader.slopes = _fits(classifier.manifest)
        return reader

    def with_confidences(self, confidences: Confidences) -> Reader:
        """Return this reader with other confidences of cells."""
        reader = Reader.of(self.classifier)
        reader.judge, reader.slopes = Judge(self.judge.costs, confidences), self.slopes
        return reader

    def read(
        self,
        input: Input,
        with_lines: bool = False,
        on_document: Callable[[Document], None] | None = None,
        ocr: Ocr = "auto",
    ) -> Report:
        """Return the report of an input; one that gives no text has an `error` and nothing else.

        `with_lines` adds the label of each line. `on_document` is called with the document once it is
        decoded, before its report is made. `ocr` says which pages are recognised in their pictures.
        """
        try:
            document = reader.read(input, ocr)
        except Unreadable as unreadable:
            source = unreadable.source or reader.nothing_of(input)
            return Report(source=source, error=Failure(unreadable.code, unreadable.message))
        if on_document is not None:
            on_document(document)
        return self.report(document, with_lines)

    def labels(self, input: Input) -> tuple[str, list[LabelledLine]]:
        """Return an input's decoded text and the label of every line that is not blank.

        Raises Unreadable.
        """
        text = reader.read(input).text
        return text, label_text(text, self.classifier)

    def report(self, document: Document, with_lines: bool = False) -> Report:
        """Return the report of a document; `with_lines` adds the label of each line."""
        lines = self.classifier.lines_of(document.text)
        run_on = breaks(lines)
        lines = broken(lines, run_on)
        judged = label_lines(lines, self.classifier)
        findings = self._findings(document, lines, judged)
        printed = PrintedLines(document.text, lines) if run_on else None
        kept: list[LabelledLine] | UnsetType = UNSET
        if with_lines:
            told = _with_title([line.told for line in judged], findings.title_lines)
            kept = with_dress_only(document.text, lines, printed.labels(told) if printed else told)
        if not findings.appearance.is_report and findings.appearance.seems:
            return _no_report(findings, self.classifier.model, kept)
        record = _record(findings, self.classifier.model, kept)
        if printed is not None:
            record = printed.report(record)
        tables = on_pages(record.tables, document.positions)
        return replace(record, tables=in_document(tables, document.places), agency=agency_of(record))

    def findings(self, document: Document) -> Findings:
        """Return the results of all stages for a document, which explain its report."""
        lines = self.classifier.lines_of(document.text)
        lines = broken(lines, breaks(lines))
        return self._findings(document, lines, label_lines(lines, self.classifier))

    def _findings(self, document: Document, lines: list[Line], judged: Sequence[JudgedLine]) -> Findings:
        """Run the stages behind the labelling; `judged` are the lines that are not blank."""
        labels: list[LineLabel | None] = [None] * len(lines)
        in_table = [0.0] * len(lines)
        for line in judged:
            labels[line.n - 1], in_table[line.n - 1] = line.label, line.in_table
        narrative = read_narrative(lines, labels, document.source.path, self.slopes)
        chapters = [section for section in narrative.sections if section.kind in TABLE_CHAPTERS]
        spans = {chapter.kind: chapter.lines for chapter in chapters}
        assembly = assemble(
            lines, labels, spans, narrative.identity.year, document.tables, self.judge, in_table
        )
        seen = appearance(narrative.page, _number_of_cells(assembly.tables))
        if not seen.is_report and not seen.seems:
            assembly = Assembly(None)  # nothing of a report was found: no edition of its form is told
        whose = narrative.identity
        recognition = document.recognition
        if recognition is not None:
            whose = with_doubts(whose, recognition)
        if recognition is not None and assembly.form is not None:
            sure = with_recognition(assembly.form, assembly.tables, recognition)
            assembly = replace(assembly, tables=sure)
        captions = captions_against(lines, spans, assembly.tables, whose)
        notes = sorted({*assembly.notes, *captions}, key=lambda line: line.n)
        assembly = replace(assembly, notes=tuple(notes))
        out_of_place = misplaced(assembly.tables, assembly.evidence)
        checks = placed(assess(assembly.form, assembly.tables), out_of_place) if assembly.form else []
        if recognition is not None:
            checks = without_blame(checks, assembly.tables)
        said: list[Claim] = []
        if assembly.form:
            read = narrative.chapters
            said = claims(lines, read, assembly.form, assembly.tables, whose.year, whose.organization)
        return Findings(
            document.source,
            whose,
            seen,
            assembly,
            narrative.sections,
            narrative.problems,
            narrative.improvements,
            checks,
            out_of_place,
            narrative.title_lines,
            said,
            document.damaged_pages,
            are_joined(lines),
        )


def _fits(manifest: Manifest) -> tuple[Judge, Slopes]:
    """Return what a model judges readings, cells, agencies and years by: its own fit, or what ships."""
    own = manifest.judgement
    if own is UNSET:
        return judge.shipped(), identity.shipped()
    return Judge(own.costs, Confidences(own.scale)), own.slopes


def unread(input: Input, why: Failure) -> Report:
    """Return the report of an input that was not worked on to the end, with the reason as its `error`."""
    return Report(source=reader.bytes_of(input), error=why)


def _no_report(findings: Findings, model: Model, lines: list[LabelledLine] | UnsetType) -> Report:
    """Return the record of a page that is no report; its error says what the page seems to be."""
    seen = findings.appearance
    message = knowledge("no_report")["message"].format(seems=seen.seems, title=seen.title or "by its text")
    return Report(source=findings.source, model=model, lines=lines, error=Failure("no_report", message))


def _number_of_cells(tables: Tables) -> int:
    """Return how many cells of the form a page prints, with or without a number in them."""
    count = 0
    for rows in tables.values():
        for cells in rows.values():
            for cell in cells.values():
                count += cell.state != "missing"
    return count


def _record(findings: Findings, model: Model, lines: list[LabelledLine] | UnsetType) -> Report:
    form = findings.assembly.form
    return Report(
        source=findings.source,
        organization=findings.identity.organization,
        organization_confidence=findings.identity.organization_confidence,
        organization_span=findings.identity.organization_span,
        year=findings.identity.year,
        year_confidence=findings.identity.year_confidence,
        year_span=findings.identity.year_span,
        form=form.edition if form else None,
        tables=findings.assembly.tables,
        sections=findings.sections,
        problems=findings.problems,
        improvements=findings.improvements,
        checks=[*findings.checks, *differing(findings.claims, findings.assembly.tables)],
        claims=findings.claims,
        derived=derived(form, findings.assembly.tables) if form else [],
        review=review(findings),
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
