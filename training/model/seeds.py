"""Trains the model anew with several seeds, and tells how much the figures owe to chance."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.model_folder import Measured
from nlp.resources import folder
from training.labels import label_files as labelled
from training.labels.label_files import Labelled
from training.model.measurements import plus_minus, table
from training.model.measuring import measured, scored, scores
from training.model.train import DOCUMENTS, SETTINGS, corpus, fitted, readings_of, shipped
from training.rendering.archive import kept_out

SEEDS = (1, 2, 3)
UNSEEN = 70_001
"""The seed of the generated reports that are measured on, those left out whose agency was trained on."""
_COUNT = 300

_PAGE = """\
# The same training with other seeds

Written by `python -m training.model.seeds [LABELLED…]`: the corpus and the model of the shipped settings
made anew with the seeds {seeds}, {documents} generated documents each and those read back by real tools.
Macro F1 of line labels, mean ± standard deviation over the seeds; no agency that is
measured on was trained on.

{table}"""


def main(files: Sequence[Path]) -> None:
    """Train and measure, and write the page."""
    own = [(file.name, labelled.read([file])) for file in files]
    found: dict[str, list[float]] = {}
    for seed in SEEDS:
        print(f"seed {seed}", file=sys.stderr, flush=True)
        for name, figure in _figures(seed, own):
            found.setdefault(name, []).append(figure)
    page = _page({name: measured(figures) for name, figures in found.items()}, found)
    (folder("models") / "seeds.md").write_text(page, encoding="utf-8", newline="\n")
    print(page)


def _figures(seed: int, own: Sequence[tuple[str, list[Labelled]]]) -> Iterator[tuple[str, float]]:
    """Yield what the model of a seed scores on each set."""
    documents = shipped(seed, DOCUMENTS)
    settings = replace(SETTINGS, seed=seed)
    classifier = fitted(readings_of(documents, settings), settings)
    met = {document.agency for document in documents}
    unseen = [document for document in corpus(UNSEEN, _COUNT) if document.agency not in met]
    tools = [document for document in kept_out() if document.agency not in met]
    yield "generated reports, agencies unseen", _macro(classifier, unseen)
    yield "tools and agencies unseen", _macro(classifier, tools)
    for kind in sorted({document.kinds[0] for document in tools}):
        yield kind, _macro(classifier, [document for document in tools if document.kinds[0] == kind])
    for name, those in own:
        yield f"label files `{name}`", _macro(classifier, those)


def _macro(classifier: LineClassifier, documents: Sequence[Labelled]) -> float:
    found = scores(scored(classifier, document) for document in documents)
    return (found.macro_f1 or 0.0) if found else 0.0


def _page(means: dict[str, Measured], found: dict[str, list[float]]) -> str:
    rows = [
        (name, plus_minus(mean), " ".join(f"{figure:.4f}" for figure in found[name]))
        for name, mean in means.items()
    ]
    seeds = ", ".join(map(str, SEEDS))
    return _PAGE.format(
        seeds=seeds, documents=DOCUMENTS, table=table(("measured on", "macro F1", "each seed"), *rows)
    )


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
