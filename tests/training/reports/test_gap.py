"""Figures on generated reports, and on scraped pages, count what they say."""

from __future__ import annotations

import numpy as np
import pytest

from training.generator.corpus import samples
from training.generator.worlds import TRAINING, UNSEEN, World
from training.model.train import generated
from training.reports.gap import Prose, coverage, prose, told_apart
from training.reports.scraped import LABELS, macro_f1, shown


def reports(world: World, seed: int, count: int = 6) -> list[Prose]:
    return [prose(generated(sample)) for sample in samples(seed, count, world=world)]


@pytest.fixture(scope="module")
def training() -> list[Prose]:
    return reports(TRAINING, 1, 30)


def test_reports_kept_from_training_share_few_pieces_with_it(training: list[Prose]) -> None:
    """Real reports share 17 of 100."""
    assert coverage(reports(UNSEEN, 2), training) < 0.2 < coverage(reports(TRAINING, 2), training)


def test_passages_of_another_world_are_told_apart_and_those_of_the_same_are_not(
    training: list[Prose],
) -> None:
    assert told_apart(reports(UNSEEN, 3), training[:6]) > 0.9
    assert 0.3 < told_apart(reports(TRAINING, 3), training[:6]) < 0.7


def test_macro_f1_is_the_mean_over_labels() -> None:
    right = np.diag(np.arange(1, len(LABELS) + 1)).astype(np.float32)
    assert macro_f1(right.reshape(1, -1)) == pytest.approx([1.0])
    half = right.copy()
    half[0, 0], half[0, 1], half[1, 1] = 1, 1, 2  # a heading of two taken for a row
    assert macro_f1(half.reshape(1, -1)) == pytest.approx([(2 / 3 + 4 / 5 + 3) / 5])


def test_an_interval_holds_its_figure() -> None:
    counts = np.array([[1, 1]] * 9 + [[0, 1]], np.float32)
    figure, low, high = shown(counts, lambda sums: sums[:, 0] / sums[:, 1]).replace("–", " (").split(" (")
    assert float(low) <= float(figure) == 0.9 <= float(high.rstrip(")"))
