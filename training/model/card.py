"""Writes a model's card, every figure of it from the training, and its line in the list of scores."""

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
from training.scoring.metrics import Found

CARD, SCORES = "README.md", "scores.csv"

_CARD = """\
# Line classifier `{name}`, version {version}

Tells what each line of a government information disclosure report is:
{labels}.
Written by `nianbao train`; the same seed, corpus and libraries write the same bytes again.

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
Multinomial logistic regression (scikit-learn's, L2) over jieba's words of the line ({words:,} words and
pairs of words, TF-IDF), its looks, those of the two lines before and after, and its place. Settings:
{settings}.

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

    That is the scores.csv beside the folder, or one within where none is there. OSError where a file
    cannot be written.
    """
    (folder / CARD).write_text(card(training, report), encoding="utf-8", newline="\n")
    beside = folder.parent / SCORES
    list_score(beside if beside.is_file() else folder / SCORES, training.classifier.manifest)


def list_score(scores: Path, manifest: Manifest) -> None:
    """Write a model's line into a list of scores, which is made where it is not there."""
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
    """Return a list of scores with the line of this model's version, in place of the one it had."""
    header = ["version", "sha256", "documents", "seed", "macro_f1", "spread", *LABELS]
    old = ("version", manifest.version)
    rows = [row for row in csv.reader(scores.splitlines()) if row and row[0] not in old]
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([header, *rows, _line(manifest)])
    return written.getvalue()


def _line(manifest: Manifest) -> list[str]:
    measured = manifest.scores
    macro = measured.get("macro_f1")
    return [
        manifest.version,
        manifest.arrays_sha256[:16],
        str(manifest.corpus.documents),
        str(manifest.settings.seed),
        f"{macro.mean:.4f}" if macro else "",
        f"{macro.spread:.4f}" if macro else "",
        *(f"{measured[label].mean:.4f}" if label in measured else "" for label in LABELS),
    ]


def _scores(splits: Sequence[LineScores]) -> str:
    """Return the table of precision, recall and F1, mean ± spread over the splits."""
    rows = [
        _row(label, *(_spread(_figures(splits, label, name)) for name in ("precision", "recall", "f1")))
        for label in LABELS
    ]
    macro = _row("macro", "", "", _spread([split.macro_f1 for split in splits if split.macro_f1 is not None]))
    return "".join([_row("label", "precision", "recall", "F1"), _row(*["---"] * 4), *rows, macro])


def _figures(splits: Sequence[LineScores], label: str, name: str) -> list[float]:
    found: Iterable[Found] = (split.labels[label] for split in splits if label in split.labels)
    return [figure for figure in (getattr(each, name) for each in found) if figure is not None]


def _spread(values: Sequence[float]) -> str:
    if not values:
        return "not measured"
    return f"{fmean(values):.4f} ± {stdev(values) if len(values) > 1 else 0.0:.4f}"


def _confusion(splits: Sequence[LineScores]) -> str:
    """Return how often each label was taken for each, over all splits."""
    counts = Counter[tuple[str, str]]()
    for split in splits:
        for right, claims in split.confusion.items():
            counts.update({(right, claim): count for claim, count in claims.items()})
    rows = [_row(label, *(f"{counts[label, claim]:,}" for claim in LABELS)) for label in LABELS]
    return "".join([_row("is ↓ labelled →", *LABELS), _row(*["---"] * 6), *rows])


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"
