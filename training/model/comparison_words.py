"""Describes a model, a comparison of two, and the list of those in place and earlier, for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import UnsetType

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.model_folder import Manifest
from training.model.comparing import Comparison, changed
from training.model.paired import EVERYTHING, KindChange
from training.model.promotion import Version
from training.model.record_changes import RecordChanges
from training.scoring.columns import Say, aligned, said

_SHOWN = 15
"""The most documents that are listed as lost, and as gained."""


def compared(comparison: Comparison, say: Say = str) -> str:
    """Return the gains and losses by kind of page and by document, and the verdict, in the words of `say`."""
    rows = [["kind of page", "documents", "old", "new", "difference", "95 of 100", "lines at worst", ""]]
    rows += [_kind(kind) for kind in comparison.own]
    same = 0
    for kind in comparison.kinds:
        is_same = kind.before == kind.after
        if kind.kind == EVERYTHING or not is_same:
            rows.append(_kind(kind))
        else:
            same += 1
    documents = changed(comparison.documents)
    lost = [document for document in documents if document.wrong_after > document.wrong_before]
    gained = [document for document in documents if document.wrong_after < document.wrong_before]
    gained.reverse()
    lines = [f"{same} kinds are read as well as before.", ""]
    lines.append(f"kinds of label files are judged by: {comparison.judged_by}")
    lines.append(_records(comparison.records))
    lines.append(f"{len(gained)} documents gained, {len(lost)} lost, of {len(comparison.documents)}")
    for document in [*lost[:_SHOWN], *gained[:_SHOWN]]:
        change = f"{document.wrong_before} → {document.wrong_after}"
        lines.append(f"  {document.name}: {change} of {document.lines} lines wrong")
    verdict = ["The new model is not inferior by more than the margins."]
    if comparison.refusals:
        verdict = ["Against the new model:", *(f"  {reason}" for reason in comparison.refusals)]
    return "\n".join([aligned(rows, say), *(said(line, say) for line in [*lines, "", *verdict]), ""])


def listed(versions: Iterable[Version], say: Say = str) -> str:
    """Return a table of the models that are or were in place, in the words of `say`."""
    rows = [["id", "version", "documents", "label files", "macro F1", ""]]
    for version in versions:
        macro_f1 = "—" if version.macro_f1 is None else f"{version.macro_f1:.4f}"
        place = "in place" if version.current else "earlier"
        counts = [f"{version.documents:,}", f"{version.labelled:,}"]
        rows.append([version.id, version.version, *counts, macro_f1, place])
    return aligned(rows, say) + "\n"


def described(classifier: LineClassifier, history: Sequence[Mapping[str, str]] = (), say: Say = str) -> str:
    """Return what a model is, what it was trained on and how good it is, in the words of `say`.

    `history` are the rows of the log of promotions; those about this model are shown.
    """
    manifest = classifier.manifest
    corpus = manifest.corpus
    lines = [
        f"{manifest.name}, version {manifest.version}",
        f"SHA-256 {classifier.sha256}",
        f"labels: {', '.join(manifest.labels)}",
        f"trained on {corpus.documents:,} documents of {corpus.agencies:,} agencies "
        f"({corpus.lines:,} lines), {corpus.labelled:,} of them label files; corpus {corpus.sha256[:16]}",
        f"settings: {_settings(manifest)}",
        f"{classifier.vocabulary.size - 1:,} words and pairs of words",
        *_made_with(manifest),
    ]
    past = [say(line) for line in _history(classifier.sha256, history)]
    return "\n".join([*(say(line) for line in lines), *_scores(manifest, say), *past]) + "\n"


def _made_with(manifest: Manifest) -> list[str]:
    if isinstance(manifest.made_with, UnsetType):
        return []
    return ["made with " + ", ".join(f"{name} {value}" for name, value in manifest.made_with.items())]


def _settings(manifest: Manifest) -> str:
    settings = manifest.settings
    return ", ".join(f"{name} {getattr(settings, name):g}" for name in settings.__struct_fields__)


def _scores(manifest: Manifest, say: Say) -> list[str]:
    if not manifest.scores:
        return [say("nothing was measured: too few agencies to hold any out")]
    rows = []
    for name, figure in manifest.scores.items():
        title = name.replace("_f1", " F1").replace("_", " ")
        rows.append([title, f"{figure.mean:.4f}", f"± {figure.spread:.4f}"])
    return [
        say("measured on agencies held out from training (mean ± standard deviation over splits):"),
        aligned(rows, say),
    ]


def _history(sha256: str, history: Sequence[Mapping[str, str]]) -> list[str]:
    lines = []
    for entry in history:
        if sha256.startswith(entry["model"]):
            instead = f" in the place of {entry['instead_of']}" if entry["instead_of"] else ""
            forced = f", FORCED although worse: {entry['worse_kinds']}" if entry["forced"] == "yes" else ""
            lines.append(f"{entry['what']} on {entry['when']}{instead}{forced}")
    return lines


def _kind(kind: KindChange) -> list[str]:
    interval = f"{kind.low:+.4f} to {kind.high:+.4f}" if kind.low is not None else "too few"
    return [
        kind.kind,
        str(kind.documents),
        f"{kind.before:.4f}",
        f"{kind.after:.4f}",
        f"{kind.difference:+.4f}",
        interval,
        f"{kind.lines_low:+.4f}" if kind.lines_low is not None else "",
        "WORSE" if kind.worse else "",
    ]


def _records(records: RecordChanges) -> str:
    """Return in one line what the models' records hold: cells, faults without a review, agency and year."""
    return (
        f"records of {records.documents} generated documents: cells right {records.right_before:,} → "
        f"{records.right_after:,} of {records.cells:,}; accepted with a fault {records.silent_before} → "
        f"{records.silent_after}; agencies and years right {records.facts_before:,} → {records.facts_after:,}"
        f"; items exact {records.items_before:,} → {records.items_after:,} of {records.items:,}"
    )
