"""Trains the model with several seeds, and writes how much the figures differ."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from nlp.resources import folder
from training.generator.worlds import SCRAPED
from training.labels import label_files
from training.labels.label_files import Labelled
from training.model.measurements import plus_minus, table
from training.model.measuring import macro_f1, measured
from training.model.train import DOCUMENTS, SETTINGS, corpus, fitted, readings_of, shipped
from training.rendering.archive import kept_out
from training.stress import held_out

SEEDS = (1, 2, 3)

UNSEEN = 70_001
"""The seed of the generated reports that are measured on; those of agencies trained on are left out."""

_UNSEEN_REPORTS = 300

_PAGE = """\
# The same training with other seeds

Written by `python -m training.model.seeds [LABELLED…]`: the corpus and the model of the shipped settings
made anew with the seeds {seeds}, {documents} generated documents each and those read back by real tools.
Macro F1 of line labels, mean ± standard deviation over the seeds; no agency that is
measured on was trained on.

{table}"""


def main(paths: Sequence[Path]) -> None:
    """Train and measure, and write models/seeds.md; `paths` are label files to measure on as well."""
    own_sets = [(path.name, label_files.read([path])) for path in paths]
    figures: dict[str, list[float]] = {}
    for seed in SEEDS:
        print(f"seed {seed}", file=sys.stderr, flush=True)
        for name, figure in _figures(seed, own_sets):
            figures.setdefault(name, []).append(figure)
    page = _page(figures)
    (folder("models") / "seeds.md").write_text(page, encoding="utf-8", newline="\n")
    print(page)


def _figures(seed: int, own_sets: Sequence[tuple[str, list[Labelled]]]) -> Iterator[tuple[str, float]]:
    """Yield the name of each set of documents, and the macro F1 of the seed's model on it."""
    documents = shipped(seed, DOCUMENTS)
    settings = replace(SETTINGS, seed=seed)
    classifier = fitted(readings_of(documents, settings), settings)
    trained_on = {document.agency for document in documents}
    unseen = [document for document in corpus(UNSEEN, _UNSEEN_REPORTS) if document.agency not in trained_on]
    scraped = corpus(held_out.settings()["seed"], held_out.settings()["count"], world=SCRAPED)
    tool_texts = [document for document in kept_out() if document.agency not in trained_on]
    yield "generated reports, agencies unseen", macro_f1(classifier, unseen)
    yield "pages in scraped dress, phrases and layouts unseen", macro_f1(classifier, scraped)
    yield "tools and agencies unseen", macro_f1(classifier, tool_texts)
    for tool in sorted({document.kinds[0] for document in tool_texts}):
        yield tool, macro_f1(classifier, [document for document in tool_texts if document.kinds[0] == tool])
    for name, own_documents in own_sets:
        yield f"label files `{name}`", macro_f1(classifier, own_documents)


def _page(figures: dict[str, list[float]]) -> str:
    rows = []
    for name, values in figures.items():
        mean = measured(values)
        rows.append((name, plus_minus(mean), " ".join(f"{value:.4f}" for value in values)))
    return _PAGE.format(
        seeds=", ".join(map(str, SEEDS)),
        documents=DOCUMENTS,
        table=table(("measured on", "macro F1", "each seed"), *rows),
    )


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
