"""Measures extraction on held-out generated reports, and writes the figures into the READMEs."""

from __future__ import annotations

import re
from pathlib import Path

from nlp.resources import knowledge
from training.scoring.matching import Matched
from training.scoring.metrics import Found
from training.scoring.score import score
from training.scoring.scores import Scores
from training.stress import held_out

_BLOCK = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- /figures -->)", re.DOTALL)


def figures(scores: Scores) -> dict[str, str]:
    """Return the figures of the READMEs as text, by the names that their templates use."""
    accepted = scores.acceptance.records
    wrong_facts = scores.acceptance.silently_wrong_facts
    return {
        "reports": f"{len(scores.documents):,}",
        "exact": _percent(scores.cells.reports_exact.share),
        "exact_0": _percent(scores.baseline.reports_exact.share),
        "precision": _percent(scores.cells.non_zero.precision),
        "recall": _percent(scores.cells.non_zero.recall),
        "recall_0": _percent(scores.baseline.non_zero.recall),
        "accepted": _percent(accepted.share),
        "silent": f"{scores.acceptance.silently_wrong} / {scores.acceptance.cells_accepted:,}",
        "silent_organization": f"{wrong_facts['organization'].count} / {wrong_facts['organization'].of}",
        "silent_year": f"{wrong_facts['year'].count} / {wrong_facts['year'].of}",
        "sections": _f1(scores.sections),
        "problems": _f1(scores.problems),
        "improvements": _f1(scores.improvements),
    }


def written(readme: str, template: str, shown: dict[str, str]) -> str:
    """Return a README whose block of figures is the template filled with `shown`.

    >>> written("a\\n<!-- figures -->\\nold\\n<!-- /figures -->\\n", "{exact}", {"exact": "90 %"})
    'a\\n<!-- figures -->\\n90 %\\n<!-- /figures -->\\n'
    """
    block = template.strip().format_map(shown) + "\n"
    return _BLOCK.sub(lambda _: block, readme)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _f1(found: Found | None) -> str:
    return _percent(found.f1 if found else None)


def main(root: Path) -> None:
    """Measure, and write the READMEs in the folder `root`."""
    shown = figures(score(Matched(list(held_out.pairs()), [])))
    templates = knowledge("readme_figures")
    for name, words in templates.items():
        path = root / f"{name}.md"
        text = written(path.read_text(encoding="utf-8"), words["text"], shown)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path())
