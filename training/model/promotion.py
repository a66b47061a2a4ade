"""Puts a model in the place of another, keeps the earlier ones, and puts one of those back."""

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
"""The folder of earlier models and the file of what was promoted, both beside the model's own folder."""

_ID_LENGTH = 12
"""The number of hexadecimal digits of its SHA-256 that a model is called by."""

_HEADER = ("when", "what", "model", "version", "instead_of", "before", "after", "worse_kinds", "forced")


class Worse(Exception):
    """A new model may be worse, or its labels are not to be believed; the message has a line a reason."""


class Version(Struct, frozen=True):
    """A model that is in place (`current`) or was; `labelled` is the number of its label files."""

    id: str
    version: str
    documents: int
    labelled: int
    macro_f1: float | None
    current: bool


def promote(new: Path, place: Path, comparison: Comparison | None, *, force: bool = False) -> None:
    """Copy the model in the folder `new` to `place`, and keep the one that is there among the earlier ones.

    A section about the comparison is added to the model's card. Raises Worse if the comparison finds
    reasons against it, unless forced; ModelError if the new model cannot be loaded; OSError if
    something cannot be written, in which case the old model is still in place.
    """
    classifier = LineClassifier.load(new)
    is_worse = comparison is not None and bool(comparison.refusals)
    if comparison is not None and is_worse and not force:
        raise Worse(_refusal(comparison))
    copy = _copied(new, place)
    with (copy / CARD).open("a", encoding="utf-8", newline="\n") as card:
        card.write(_card_section(comparison, forced=is_worse))
    old_id = _exchanged(copy, place)
    _log(place, "promoted", classifier, old_id, comparison, forced=is_worse)
    list_score(place.parent / SCORES, classifier.manifest)


def restore(id: str, place: Path) -> str:
    """Put an earlier model back into place and the current one among the earlier ones; return its whole id.

    `id` is the model's id or the beginning of it. Raises ModelError if no earlier model or several have
    ids that begin so, or if the model is damaged.
    """
    earlier = sorted(_earlier(place).glob("*"))
    matching = [folder for folder in earlier if folder.name.startswith(id)]
    if len(matching) != 1 or not id:
        names = ", ".join(folder.name for folder in earlier) or "none"
        raise ModelError(
            f"{id!r} names {len(matching)} earlier models, not one: the earlier ones are {names}."
        )
    (restored,) = matching
    classifier = LineClassifier.load(restored)
    copy = _copied(restored, place)
    old_id = _exchanged(copy, place)
    shutil.rmtree(restored)
    _log(place, "restored", classifier, old_id, None, forced=False)
    return restored.name


def versions(place: Path) -> Iterator[Version]:
    """Yield the model in place, then the earlier ones; raises ModelError if one is damaged."""
    if place.is_dir():
        yield _version(place, True)
    for folder in sorted(_earlier(place).glob("*")):
        yield _version(folder, False)


def history(place: Path) -> list[dict[str, str]]:
    """Return the promotions and restorations of a place, in order, as `{column: value}` of the log."""
    log = place.parent / LOG
    if not log.is_file():
        return []
    return list(csv.DictReader(io.StringIO(log.read_text(encoding="utf-8"))))


def _version(folder: Path, current: bool) -> Version:
    classifier = LineClassifier.load(folder)
    corpus, macro = classifier.manifest.corpus, classifier.manifest.scores.get("macro_f1")
    return Version(
        _id(classifier),
        classifier.manifest.version,
        corpus.documents,
        corpus.labelled,
        macro.mean if macro else None,
        current,
    )


def _id(classifier: LineClassifier) -> str:
    return classifier.sha256[:_ID_LENGTH]


def _earlier(place: Path) -> Path:
    return place.parent / EARLIER / place.name


def _copied(new: Path, place: Path) -> Path:
    """Copy a model's files into a folder beside the place, so that one rename puts all of them there."""
    copy = place.parent / f".{place.name}.{os.getpid()}.part"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    for name in (MANIFEST, ARRAYS, CARD):
        if (new / name).is_file():
            shutil.copyfile(new / name, copy / name)
    LineClassifier.load(copy)
    return copy


def _exchanged(copy: Path, place: Path) -> str:
    """Move a copy into place, and the model that is there to the earlier ones.

    Returns the id of the old model, "" if there was none.
    """
    if not place.exists():
        os.replace(copy, place)
        return ""
    id = _id(LineClassifier.load(place))
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


def _refusal(comparison: Comparison) -> str:
    lines = ["The new model is not shown to be as good as the old one, which stays:"]
    lines += [f"  {reason}" for reason in comparison.refusals]
    lines.append(
        "Look at the labels (docs/labels.md, `nianbao labels check`, `labels suspects`), or overrule with "
        "--force."
    )
    return "\n".join(lines)


def _card_section(comparison: Comparison | None, *, forced: bool) -> str:
    """Return the section of the card about the promotion."""
    opening = f"\n## Promotion\nPromoted on {_now()}"
    if comparison is None:
        return f"{opening}, where no model stood before.\n"
    everything = comparison.everything
    opening += (
        f" in the place of `{comparison.before[:_ID_LENGTH]}`: macro F1 {everything.before:.4f} → "
        f"{everything.after:.4f} on {everything.documents} documents that neither model was trained on. "
        f"Its own kinds were judged by {comparison.judged_by}."
    )
    if not forced:
        return f"{opening} It is not inferior by more than the margins.\n"
    reasons = "".join(f"\n- {reason}" for reason in comparison.refusals)
    return f"{opening} FORCED, although:\n{reasons}\n"


def _log(
    place: Path,
    what: str,
    model: LineClassifier,
    old_id: str,
    comparison: Comparison | None,
    *,
    forced: bool,
) -> None:
    """Append a row to the log, which is made with its header if it does not exist."""
    log = place.parent / LOG
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    if not log.is_file():
        rows.writerow(_HEADER)
    figures = ["", "", ""]
    if comparison:
        everything = comparison.everything
        worse = " ".join(kind.kind for kind in comparison.worse)
        figures = [f"{everything.before:.4f}", f"{everything.after:.4f}", worse]
    identity = [_now(), what, _id(model), model.manifest.version, old_id]
    rows.writerow([*identity, *figures, "yes" if forced else "no"])
    with log.open("a", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
