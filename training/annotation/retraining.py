"""Measures what three label files teach of a kind of page that the corpus lacks, and what nonsense does."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from msgspec.structs import replace as changed

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.model_folder import Settings
from nlp.resources import folder
from training.annotation.choosing import Text, choices
from training.annotation.unseen import HELD_OUT, KINDS, PAGES, pages
from training.labels.label_files import Labelled
from training.model.comparing import Comparison, KindChange, compare
from training.model.fitting import Reading, described
from training.model.measurements import table
from training.model.train import DOCUMENTS, SETTINGS, corpus, fitted, learnt, readings_of, shipped

FILES = 3
NONSENSE = 5
_SEED = 30_303

_PAGE = """\
# What three label files teach

Written by `python -m training.annotation.retraining`: of each kind that
`python -m training.annotation.unseen DIR KIND` writes,
the {files} of {pages} pages that `labels next` puts first were labelled and trained on beside the shipped
corpus.
Macro F1 of line labels on {held_out} pages of other agencies, which neither model was trained on; in brackets
the lines labelled wrong. "Without dressing" is the same training with `dressed` 0: the label files alone tell
of their kind.

{kinds}
The comparison that decides whether a model is promoted, of all documents ("everything": those pages and
the generated reports of agencies unseen), and what was significantly worse:

{everything}
The other way round: {nonsense} label files of usual reports whose column of labels was shuffled, trained
on in the same way. Such a model is refused.

{shuffled}"""


def main() -> None:
    """Train and compare, and write the page."""
    base = shipped(SETTINGS.seed, DOCUMENTS)
    readings = readings_of(base, SETTINGS)
    old = LineClassifier.load(folder("models") / "lines")
    rows, wholes = [], []
    for kind in KINDS:
        print(kind, file=sys.stderr, flush=True)
        files, held_out = chosen(kind, old)
        alone = compare(old, trained(base, readings, files, changed(SETTINGS, dressed=0.0)), held_out, 0)
        both = compare(old, trained(base, readings, files, SETTINGS), held_out)
        rows.append(_taught(kind, _of(alone, kind), both))
        wholes.append((f"with {kind}", *_whole(both)))
    bad = compare(old, trained(base, readings, list(nonsense(NONSENSE)), SETTINGS))
    page = _PAGE.format(
        files=FILES,
        pages=PAGES,
        held_out=HELD_OUT,
        nonsense=NONSENSE,
        kinds=table(("kind", "before", "without dressing", "after", "95 of 100 resamples"), *rows),
        everything=table(("model", "documents", "before", "after", "worse kinds"), *wholes),
        shuffled=table(("model", "documents", "before", "after", "worse kinds"), ("shuffled", *_whole(bad))),
    )
    (folder("training") / "unseen.md").write_text(page, encoding="utf-8", newline="\n")
    print(page)


def chosen(kind: str, old: LineClassifier) -> tuple[list[Labelled], list[Labelled]]:
    """Return the label files of a kind that a model would learn the most from, and those held out."""
    every = list(pages(kind, PAGES + HELD_OUT))
    first = choices([Text(page.name, page.text) for page in every[:PAGES]], old)[:FILES]
    names = {choice.path for choice in first}
    return [replace(page, file=page.name) for page in every[:PAGES] if page.name in names], every[PAGES:]


def trained(
    base: Sequence[Labelled], readings: Sequence[Reading], files: Sequence[Labelled], settings: Settings
) -> LineClassifier:
    """Return the model of the corpus and of label files, as `nianbao train` fits it."""
    every = [*base, *files]
    both = [*readings, *readings_of(files, settings)]
    return fitted(learnt(every, both, settings), settings, described(every, len(files)))


def nonsense(count: int) -> Iterator[Labelled]:
    """Yield label files whose labels are shuffled: each stands as often as before, at lines of any kind."""
    for document in corpus(_SEED, count):
        places = [at for at, label in enumerate(document.labels) if label]
        mixed = Random(document.name).sample([document.labels[at] for at in places], len(places))
        labels = dict(zip(places, mixed, strict=True))
        every = tuple(labels.get(at, "") for at in range(len(document.labels)))
        yield replace(document, labels=every, file=f"{document.agency}.tsv", kinds=("shuffled",))


def _of(comparison: Comparison, kind: str) -> KindChange:
    return next(one for one in comparison.kinds if one.kind == kind)


def _taught(kind: str, alone: KindChange, both: Comparison) -> tuple[str, ...]:
    found = _of(both, kind)
    those = [document for document in both.documents if kind in document.kinds]
    before, after = (
        sum(wrong) for wrong in zip(*((d.wrong_before, d.wrong_after) for d in those), strict=True)
    )
    lines = sum(document.lines for document in those)
    return (
        kind,
        f"{found.before:.4f} ({before:,} of {lines:,})",
        f"{alone.after:.4f}",
        f"{found.after:.4f} ({after:,})",
        f"{found.low:+.4f} to {found.high:+.4f}",
    )


def _whole(comparison: Comparison) -> tuple[str, ...]:
    every, worse = comparison.everything, comparison.worse
    figures = (str(every.documents), f"{every.before:.4f}", f"{every.after:.4f}")
    return (*figures, "none" if not worse else f"{len(worse)}: {', '.join(kind.kind for kind in worse)}")


if __name__ == "__main__":
    main()
