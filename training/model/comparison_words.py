"""A comparison of two models, and a model itself, in words and tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.model_folder import Manifest
from training.model.comparing import Comparison, KindChange, changed
from training.model.promotion import Version
from training.scoring.columns import aligned

_SHOWN = 15


def compared(found: Comparison) -> str:
    """Return the gains and losses by kind of page and by document, and the verdict."""
    rows = [["kind of page", "documents", "old", "new", "difference", "95 of 100", ""]]
    rows += [_kind(kind) for kind in found.kinds if kind.before != kind.after or kind.kind == "everything"]
    same = sum(kind.before == kind.after for kind in found.kinds if kind.kind != "everything")
    documents = changed(found.documents)
    lost = [one for one in documents if one.wrong_after > one.wrong_before]
    gained = [one for one in documents if one.wrong_after < one.wrong_before]
    parts = [aligned(rows), f"{same} kinds are read as well as before.", ""]
    parts += [f"{len(gained)} documents gained, {len(lost)} lost, of {len(found.documents)}"]
    parts += [
        f"  {one.name}: {one.wrong_before} → {one.wrong_after} of {one.lines} lines wrong"
        for one in [*lost[:_SHOWN], *gained[::-1][:_SHOWN]]
    ]
    worse = ", ".join(kind.kind for kind in found.worse)
    verdict = f"Significantly worse: {worse}." if worse else "No kind of page is significantly worse."
    return "\n".join([*parts, "", verdict, ""])


def listed(versions: Iterable[Version]) -> str:
    """Return the models that are or were in place."""
    rows = [["id", "version", "documents", "label files", "macro F1", ""]]
    rows += [
        [
            one.id,
            one.version,
            f"{one.documents:,}",
            f"{one.labelled:,}",
            f"{one.macro_f1:.4f}" if one.macro_f1 is not None else "—",
            "in place" if one.current else "earlier",
        ]
        for one in versions
    ]
    return aligned(rows) + "\n"


def described(classifier: LineClassifier, history: Sequence[Mapping[str, str]] = ()) -> str:
    """Return what a model is, where it came from and how good it is."""
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
        *_scores(manifest),
        *_history(classifier.sha256, history),
    ]
    return "\n".join(lines) + "\n"


def _settings(manifest: Manifest) -> str:
    settings = manifest.settings
    return ", ".join(f"{name} {getattr(settings, name):g}" for name in settings.__struct_fields__)


def _scores(manifest: Manifest) -> list[str]:
    if not manifest.scores:
        return ["nothing was measured: too few agencies to hold any out"]
    rows = [
        [name.replace("_f1", " F1").replace("_", " "), f"{one.mean:.4f}", f"± {one.spread:.4f}"]
        for name, one in manifest.scores.items()
    ]
    return [
        "measured on agencies held out from training (mean ± standard deviation over splits):",
        aligned(rows),
    ]


def _history(sha256: str, history: Sequence[Mapping[str, str]]) -> list[str]:
    told = []
    for entry in history:
        if sha256.startswith(entry["model"]):
            instead = f" in the place of {entry['instead_of']}" if entry["instead_of"] else ""
            forced = f", FORCED although worse: {entry['worse_kinds']}" if entry["forced"] == "yes" else ""
            told.append(f"{entry['what']} on {entry['when']}{instead}{forced}")
    return told


def _kind(kind: KindChange) -> list[str]:
    interval = f"{kind.low:+.4f} to {kind.high:+.4f}" if kind.low is not None else "too few"
    return [
        kind.kind,
        str(kind.documents),
        f"{kind.before:.4f}",
        f"{kind.after:.4f}",
        f"{kind.difference:+.4f}",
        interval,
        "WORSE" if kind.worse else "",
    ]
