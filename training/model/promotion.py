"""Puts a model in the place of another, keeps the earlier ones, and takes them back."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.model_folder import ARRAYS, MANIFEST, ModelError
from training.model.card import CARD, SCORES, list_score
from training.model.comparing import Comparison

EARLIER, LOG = "earlier", "promotions.csv"
_SHORT = 12
_HEADER = ("when", "what", "model", "version", "instead_of", "before", "after", "worse_kinds", "forced")


class Worse(Exception):
    """A new model that reads some kind of page significantly worse: which ones, and what to do."""


class Version(Struct, frozen=True):
    """A model that is or was in place."""

    id: str
    version: str
    documents: int
    labelled: int
    macro_f1: float | None
    current: bool


def promote(new: Path, place: Path, comparison: Comparison | None, *, force: bool = False) -> None:
    """Put a model into place; the one that stood there is kept among the earlier ones.

    Its card tells how it compared, and whether that was overruled. Raises Worse where the comparison
    finds a kind of page significantly worse, unless forced; ModelError where the new model is none;
    OSError where something cannot be written, and then the old model is still in place.
    """
    classifier = LineClassifier.load(new)
    worse = [kind.kind for kind in comparison.worse] if comparison else []
    if worse and not force:
        raise Worse(_refusal(comparison))
    copy = _copied(new, place)
    with (copy / CARD).open("a", encoding="utf-8", newline="\n") as card:
        card.write(_section(comparison, bool(worse)))
    old = _exchanged(copy, place)
    _log(place, "promoted", classifier, old, comparison, bool(worse))
    list_score(place.parent / SCORES, classifier.manifest)


def restore(id: str, place: Path) -> str:
    """Put an earlier model back into place, the present one among the earlier; return its whole id.

    Raises ModelError where there is no such model, or several whose ids begin so, or it is damaged.
    """
    found = [folder for folder in sorted(_earlier(place).glob("*")) if folder.name.startswith(id)]
    if len(found) != 1 or not id:
        known = ", ".join(folder.name for folder in sorted(_earlier(place).glob("*"))) or "none"
        raise ModelError(f"{id!r} names {len(found)} earlier models, not one: the earlier ones are {known}.")
    classifier = LineClassifier.load(found[0])
    copy = _copied(found[0], place)
    old = _exchanged(copy, place)
    shutil.rmtree(found[0])
    _log(place, "restored", classifier, old, None, False)
    return found[0].name


def versions(place: Path) -> Iterator[Version]:
    """Yield the model in place, then the earlier ones; ModelError where one is damaged."""
    if place.is_dir():
        yield _version(place, True)
    for folder in sorted(_earlier(place).glob("*")):
        yield _version(folder, False)


def history(place: Path) -> list[dict[str, str]]:
    """Return what was promoted and restored there, the first first."""
    log = place.parent / LOG
    return list(csv.DictReader(io.StringIO(log.read_text(encoding="utf-8")))) if log.is_file() else []


def _version(folder: Path, current: bool) -> Version:
    classifier = LineClassifier.load(folder)
    corpus, macro = classifier.manifest.corpus, classifier.manifest.scores.get("macro_f1")
    return Version(
        classifier.sha256[:_SHORT],
        classifier.manifest.version,
        corpus.documents,
        corpus.labelled,
        macro.mean if macro else None,
        current,
    )


def _earlier(place: Path) -> Path:
    return place.parent / EARLIER / place.name


def _copied(new: Path, place: Path) -> Path:
    """Copy a model's files beside the place, so that a rename puts all of them there at once."""
    copy = place.parent / f".{place.name}.{os.getpid()}.part"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    for name in (MANIFEST, ARRAYS, CARD):
        if (new / name).is_file():
            shutil.copyfile(new / name, copy / name)
    LineClassifier.load(copy)
    return copy


def _exchanged(copy: Path, place: Path) -> str:
    """Move a copy into place and what stood there among the earlier ones; return the old model's id."""
    if not place.exists():
        os.replace(copy, place)
        return ""
    id = LineClassifier.load(place).sha256[:_SHORT]
    kept = _earlier(place) / id
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(kept, ignore_errors=True)
    os.replace(place, kept)
    try:
        os.replace(copy, place)
    except OSError:
        os.replace(kept, place)
        raise
    return id


def _refusal(comparison: Comparison | None) -> str:
    kinds = comparison.worse if comparison else []
    told = [
        f"  {kind.kind}: macro F1 {kind.before:.4f} → {kind.after:.4f} on {kind.documents} documents"
        for kind in kinds
    ]
    return "\n".join(
        [
            f"The new model reads {len(kinds)} kinds of page significantly worse, so the old one stays:",
            *told,
            "Look at the new labels (`nianbao labels check`, `labels suspects`), or overrule with --force.",
        ]
    )


def _section(comparison: Comparison | None, forced: bool) -> str:
    """Return what the card says about the promotion."""
    when = f"\n## Promotion\nPromoted on {_now()}"
    if comparison is None:
        return f"{when}, where no model stood before.\n"
    all_ = comparison.everything
    said = (
        f"{when} in the place of `{comparison.before[:_SHORT]}`: macro F1 {all_.before:.4f} → "
        f"{all_.after:.4f} on {all_.documents} documents that neither model was trained on."
    )
    if not forced:
        return f"{said} No kind of page got significantly worse.\n"
    return f"{said} FORCED: significantly worse are {', '.join(kind.kind for kind in comparison.worse)}.\n"


def _log(
    place: Path, what: str, model: LineClassifier, old: str, comparison: Comparison | None, forced: bool
) -> None:
    log = place.parent / LOG
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    if not log.is_file():
        rows.writerow(_HEADER)
    figures = ["", "", ""]
    if comparison:
        all_, worse = comparison.everything, " ".join(kind.kind for kind in comparison.worse)
        figures = [f"{all_.before:.4f}", f"{all_.after:.4f}", worse]
    identity = [_now(), what, model.sha256[:_SHORT], model.manifest.version, old]
    rows.writerow([*identity, *figures, "yes" if forced else "no"])
    with log.open("a", encoding="utf-8", newline="") as file:
        file.write(written.getvalue())


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
