"""Writes a model's card from the figures of its training, and the model's line in the list of scores."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean, stdev

from nlp.labelling.classifier import LABELS
from nlp.labelling.model_folder import ARRAYS, MANIFEST, Manifest
from training.model.measurements import Report, tables
from training.model.train import Training
from training.scoring.lines import LineScores

CARD, SCORES = "README.md", "scores.csv"

_CARD = """\
# Line classifier `{name}`, version {version}

Tells what each line of a government information disclosure report is:
{labels}.
Written by `nianbao train`; the same seed, corpus and libraries write the same weights again, whatever the
processor and its matrix kernel. `model.json` names both.

## Use
Given the lines of one document, in order, blank ones left out, it gives a probability for each label; the
best path through the document decides. It is made for reports that follow the national form (2019 and
later), as text from web pages, word processors and PDF tools. Other documents get labels too, and these
mean nothing. Labels are evidence for reading the tables, never the only evidence.

## Data
{documents:,} documents with {lines:,} lines of {agencies:,} agencies: {labelled:,} from label files, the
others generated from the form files and the project's own phrases, with the kinds of noise seen in real
reports; some of them were rendered as pages, Word documents and PDFs and read back by real tools
(data/README.md). SHA-256 of texts and labels: `{corpus}`.

## Model
Multinomial logistic regression (L2, fitted without a matrix kernel) over jieba's words of the line ({words:,}
words and pairs of words, TF-IDF), its looks, those of the two lines before and after, and its place.
Settings: {settings}.

## Measured
{how}

{scores}
{confusion}
{report}
The figures are of generated reports of agencies that training did not see. They tell how well the model
knows the corpus; real reports say things that the corpus does not.

## Files
`{manifest}` holds the labels, the words, the settings and these scores; `{arrays}` the numbers, loaded
without pickle and checked against the SHA-256 in `{manifest}` (`{digest}`).
"""


def write(folder: Path, training: Training, report: Report) -> None:
    """Write the card into a model's folder, and the model's line into the list of scores.

    The list is the scores.csv beside the folder if there is one, else one in the folder. Raises OSError if
    a file cannot be written.
    """
    (folder / CARD).write_text(card(training, report), encoding="utf-8", newline="\n")
    score_list = folder.parent / SCORES
    if not score_list.is_file():
        score_list = folder / SCORES
    list_score(score_list, training.classifier.manifest)


def list_score(scores: Path, manifest: Manifest) -> None:
    """Write a model's line into a list of scores, a CSV file that is made if it does not exist."""
    old = scores.read_text(encoding="utf-8") if scores.is_file() else ""
    scores.write_text(with_line(old, manifest), encoding="utf-8", newline="\n")


def card(training: Training, report: Report) -> str:
    """Return the model's card, in Markdown."""
    classifier, splits, how = training.classifier, training.splits, training.how
    manifest, settings = classifier.manifest, classifier.manifest.settings
    return _CARD.format(
        name=manifest.name,
        version=manifest.version,
        labels=", ".join(f"`{label}`" for label in manifest.labels),
        documents=manifest.corpus.documents,
        labelled=manifest.corpus.labelled,
        lines=manifest.corpus.lines,
        agencies=manifest.corpus.agencies,
        corpus=manifest.corpus.sha256,
        words=classifier.vocabulary.size - 1,
        settings=", ".join(f"{name} {getattr(settings, name)}" for name in settings.__struct_fields__),
        how=how,
        scores=_scores(splits),
        confusion=_confusion(splits),
        report=tables(report),
        manifest=MANIFEST,
        arrays=ARRAYS,
        digest=manifest.arrays_sha256,
    )


def with_line(scores: str, manifest: Manifest) -> str:
    """Return a list of scores (CSV) with this model's line, instead of any earlier line of its version."""
    header = ["version", "sha256", "documents", "seed", "macro_f1", "spread", *LABELS]
    replaced = ("version", manifest.version)
    rows = [row for row in csv.reader(scores.splitlines()) if row and row[0] not in replaced]
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([header, *rows, _line(manifest)])
    return written.getvalue()


def _line(manifest: Manifest) -> list[str]:
    """Return the cells of a model's line, in the order of the header; empty where nothing was measured."""
    cells = [
        manifest.version,
        manifest.arrays_sha256[:16],
        str(manifest.corpus.documents),
        str(manifest.settings.seed),
    ]
    macro = manifest.scores.get("macro_f1")
    cells += [f"{macro.mean:.4f}", f"{macro.spread:.4f}"] if macro else ["", ""]
    for label in LABELS:
        f1 = manifest.scores.get(label)
        cells.append(f"{f1.mean:.4f}" if f1 else "")
    return cells


def _scores(splits: Sequence[LineScores]) -> str:
    """Return the table of precision, recall and F1 by label, mean ± standard deviation over the splits."""
    rows = [_row("label", "precision", "recall", "F1"), _row(*["---"] * 4)]
    for label in LABELS:
        found = [split.labels[label] for split in splits if label in split.labels]
        precision = _plus_minus([each.precision for each in found])
        recall = _plus_minus([each.recall for each in found])
        rows.append(_row(label, precision, recall, _plus_minus([each.f1 for each in found])))
    rows.append(_row("macro", "", "", _plus_minus([split.macro_f1 for split in splits])))
    return "".join(rows)


def _plus_minus(values: Iterable[float | None]) -> str:
    """Return the mean ± standard deviation of the values that are not None."""
    figures = [value for value in values if value is not None]
    if not figures:
        return "not measured"
    spread = stdev(figures) if len(figures) > 1 else 0.0
    return f"{fmean(figures):.4f} ± {spread:.4f}"


def _confusion(splits: Sequence[LineScores]) -> str:
    """Return the table of how often each label was predicted for each, summed over the splits."""
    counts = Counter[tuple[str, str]]()
    for split in splits:
        for right, claims in split.confusion.items():
            counts.update({(right, claim): count for claim, count in claims.items()})
    rows = [_row(label, *(f"{counts[label, claim]:,}" for claim in LABELS)) for label in LABELS]
    return "".join([_row("is ↓ labelled →", *LABELS), _row(*["---"] * 6), *rows])


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"
