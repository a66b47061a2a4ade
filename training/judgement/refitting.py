"""Fits what a model judges by once more, on what was seen for the shipped figures and on known records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.judgement import Judgement
from nlp.pipeline import Reader
from nlp.record.model import Cell
from nlp.tables.circumstances import Circumstances
from training import observed
from training.confidence.fitting import added
from training.confidence.fitting import fitted as fitted_scale
from training.confidence.observing import IsRight, counted
from training.identity.calibrating import slopes
from training.identity.measured import Judged, judged_identity
from training.readings.fitting import fitted as fitted_costs
from training.readings.observing import Choice, proposals
from training.records.known import KnownRecord
from training.scoring.cells import is_right
from training.scoring.gold import Record
from training.scoring.readings import reading

OWN = "records"
"""The source of choices that records left."""


def refitted(known: Sequence[KnownRecord], classifier: LineClassifier) -> Judgement:
    """Return what a model judges by, fitted on the shipped observations and on what it makes of records.

    A record counts as any other page does: a few of them move little, hundreds move much. Raises ModelError
    where the shipped observations are damaged.
    """
    choices = [*observed.read(observed.CHOICES, Choice, "python -m training.readings")]
    seen = [*observed.read(observed.CELLS, tuple[Circumstances, int, int], "python -m training.confidence")]
    leads = [*observed.read(observed.LEADS, Judged, "python -m training.identity --fit")]
    reader = Reader.of(classifier)
    for record in known:
        document = record.read()
        knows = _known_cells(record.gold)
        for of_table in proposals(reader, document, knows):
            choices.append(Choice(OWN, record.name, record.kind, of_table))
        seen += [(cell, *count) for cell, count in counted(reader, document, knows).items()]
        leads += judged_identity(reader.findings(document).identity, _known_facts(record.gold))
    return Judgement(fitted_costs(choices), fitted_scale(added(seen)), slopes(leads))


def _known_cells(gold: Record) -> IsRight:
    """Return what tells whether a cell is as a record has it; None where the record does not tell."""
    tables = {} if gold.tables is UNSET else gold.tables

    def knows(id: str, cell: Cell) -> bool | None:
        table, row, column = id.split(".")
        known = tables.get(table, {}).get(row, {})
        if column not in known or reading(known[column]).state == "ambiguous":
            return None
        return is_right(cell, known[column])

    return knows


def _known_facts(gold: Record) -> dict[str, Any]:
    """Return the agency and the year of a record, as far as it tells them."""
    facts = {"organization": gold.organization, "year": gold.year}
    return {fact: value for fact, value in facts.items() if value is not UNSET}
