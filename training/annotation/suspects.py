"""Lists the rows whose label is contradicted by a model that was not trained on their agency."""

from __future__ import annotations

from collections.abc import Sequence

from training.annotation.folds import out_of_fold
from training.labels.label_files import Labelled
from training.model.contradictions import Suspect, contradicted


def suspects(documents: Sequence[Labelled], background: Sequence[Labelled] = ()) -> list[Suspect]:
    """Return the suspect rows of the documents, those whose label is the least probable in comparison first.

    `background` are further documents to train on, whose rows are not returned; a few files alone teach
    little.
    """
    rows: list[Suspect] = []
    for document, probabilities in out_of_fold(documents, background):
        rows.extend(contradicted(document, probabilities))
    return sorted(rows, key=lambda row: (row.probability - row.expected_probability, row.file, row.row))
