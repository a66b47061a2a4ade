"""Trust: confidence against what is right, silent errors and their bound, intervals over documents."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, f1_score, precision_recall_fscore_support

from nlp.record.model import LineLabel
from tests.project import ROOT
from training.scoring.bootstrap import DRAWS, resampled
from training.scoring.calibration import EDGES
from training.scoring.gold import Record
from training.scoring.matching import Matched, Pair
from training.scoring.score import score
from training.scoring.scores import Scores

ROWS = {
    "disclosure": {"licensing": ["decisions"], "fees": ["amount"]},
    "review_litigation": {"review": ["upheld", "corrected", "other", "pending", "total"]},
}
STATES = ("printed", "blank", "missing", "ambiguous")


def record(name: str, **parts: Any) -> Record:
    return msgspec.convert({"source": name, **parts}, Record)


def drawn(rng: Random, gold: bool) -> dict[str, Any]:
    state = rng.choice(STATES[:2] if gold else STATES)
    value = rng.choice([0, 0, 0, 1, 2]) if state == "printed" else None
    return {"value": value, "state": state, "confidence": rng.choice([0.3, 0.5, 0.85, 0.97, 0.999])}


def tables(rng: Random, gold: bool) -> dict[str, Any]:
    return {
        table: {row: {column: drawn(rng, gold) for column in columns} for row, columns in rows.items()}
        for table, rows in ROWS.items()
    }


def pairs(count: int = 60) -> list[Pair]:
    rng = Random("pairs")
    found = []
    for n in range(count):
        review = rng.choice([[], [{"code": "x", "message": "…"}]])
        gold = record(f"d{n}", form=rng.choice(["2019", "2021"]), tables=tables(rng, True))
        predicted = record(f"d{n}.txt", tables=tables(rng, False), review=review)
        found.append(Pair(f"d{n}", gold, predicted if rng.random() < 0.95 else None))
    return found


@pytest.fixture(scope="module")
def scored() -> Scores:
    return score(Matched(pairs(), []))


def counted_again() -> dict[str, Any]:
    """Count the cells a second time, in one plain loop that shares nothing with the program's counting."""
    sums: dict[str, Any] = dict.fromkeys(
        ("cells", "right", "wrong", "unanswered", "hit", "claimed", "there", "zero", "silent", "exact"), 0
    )
    sums["rows"], sums["doubts"] = [], []
    for pair in pairs():
        whole = True
        for table, rows in ROWS.items():
            for row, columns in rows.items():
                row_right = True
                for column in columns:
                    gold = pair.gold.tables[table][row][column]  # type: ignore[index]
                    claim = pair.predicted and pair.predicted.tables[table][row][column]  # type: ignore[index]
                    state, value = (claim.state, claim.value) if claim else ("missing", None)
                    right = (state, value) == (gold.state, gold.value)
                    sums["cells"] += 1
                    sums["right"] += right
                    sums["unanswered"] += not right and state in ("missing", "ambiguous")
                    sums["wrong"] += not right and state in ("printed", "blank")
                    sums["hit"] += right and bool(gold.value)
                    sums["claimed"] += bool(value)
                    sums["there"] += bool(gold.value)
                    sums["zero"] += gold.state == "printed" and gold.value == 0
                    sums["silent"] += not right and bool(pair.predicted and not pair.predicted.review)
                    if claim and state in ("printed", "blank"):
                        sums["doubts"].append((claim.confidence, right))
                    row_right &= right
                sums["rows"].append(row_right)
                whole &= row_right
        sums["exact"] += whole
    return sums


def test_cells_are_counted_as_a_second_plain_count_has_them(scored: Scores) -> None:
    again, cells = counted_again(), scored.cells
    assert (cells.cells.of, cells.cells.count) == (again["cells"], again["right"])
    assert (cells.wrong, cells.unanswered) == (again["wrong"], again["unanswered"])
    found = cells.non_zero
    assert (found.right, found.predicted, found.gold) == (again["hit"], again["claimed"], again["there"])
    assert (cells.rows_exact.count, cells.rows_exact.of) == (sum(again["rows"]), len(again["rows"]))
    assert cells.reports_exact.count == again["exact"]
    assert scored.acceptance.silently_wrong == again["silent"]
    assert scored.baseline.cells.count == again["zero"]
    assert sum(sum(row.values()) for row in cells.confusion.values()) == again["cells"]


def test_tables_rows_and_editions_add_up_to_the_whole(scored: Scores) -> None:
    for level in ("table", "row", "edition"):
        parts = scored.by[level].values()
        assert sum(one.cells.count for one in parts) == scored.cells.cells.count
        assert sum(one.silently_wrong for one in parts) == scored.acceptance.silently_wrong


def test_the_brier_score_is_that_of_scikit_learn(scored: Scores) -> None:
    confidence, right = zip(*counted_again()["doubts"], strict=True)
    assert scored.calibration is not None
    assert scored.calibration.brier == pytest.approx(brier_score_loss(right, confidence))


def test_the_calibration_error_is_the_mean_gap_between_confidence_and_truth(scored: Scores) -> None:
    confidence, right = (np.array(part, float) for part in zip(*counted_again()["doubts"], strict=True))
    bins = np.digitize(confidence, EDGES)
    gaps = [
        abs(confidence[bins == n].mean() - right[bins == n].mean()) * (bins == n).mean() for n in set(bins)
    ]
    assert scored.calibration is not None
    assert scored.calibration.error == pytest.approx(sum(gaps))


def test_macro_figures_are_means_over_documents(scored: Scores) -> None:
    shares = [one.cells.share for one in scored.documents]
    assert scored.headline["cells"].macro == pytest.approx(
        np.mean([one for one in shares if one is not None])
    )


def test_an_interval_holds_its_figure_and_is_the_same_each_time(scored: Scores) -> None:
    again = score(Matched(pairs(), []))
    for name, metric in scored.headline.items():
        assert metric.interval == again.headline[name].interval
        if metric.interval and metric.value is not None:
            low, high = metric.interval
            assert low <= metric.value <= high


def test_the_bootstrap_draws_documents_and_is_as_wide_as_theory_says() -> None:
    counts = np.array([[1.0, n < 300] for n in range(1000)], np.float32)
    sums = resampled(counts)
    assert sums is not None
    assert sums.shape == (DRAWS, 2)
    assert set(sums[:, 0]) == {1000.0}
    assert sums[:, 1].std() == pytest.approx((1000 * 0.3 * 0.7) ** 0.5, rel=0.1)


def test_one_document_has_no_interval() -> None:
    assert all(metric.interval is None for metric in score(Matched(pairs()[:1], [])).headline.values())


def test_planted_faults_are_counted_exactly() -> None:
    rng = Random("planted")
    found, planted = [], 0
    for n in range(20):
        right = tables(rng, True)
        wrong = msgspec.json.decode(msgspec.json.encode(right))
        for column in rng.sample(ROWS["review_litigation"]["review"], rng.randrange(3)):
            wrong["review_litigation"]["review"][column] = {"value": 99, "state": "printed"}
            planted += 1
        found.append(Pair(f"d{n}", record(f"d{n}", tables=right), record(f"d{n}", tables=wrong)))
    scores = score(Matched(found, []))
    assert scores.cells.wrong == scores.acceptance.silently_wrong == len(scores.wrong_cells) == planted
    assert {cell.predicted for cell in scores.wrong_cells} == {99}


def test_lines_are_scored_as_scikit_learn_does() -> None:
    rng, labels = Random("lines"), msgspec.inspect.type_info(LineLabel).values  # type: ignore[attr-defined]
    gold = [rng.choice(labels) for _ in range(400)]
    claims = [label if rng.random() < 0.8 else rng.choice(labels) for label in gold]
    sides = [
        record("a", lines=[{"n": n, "label": label} for n, label in enumerate(side)])
        for side in (gold, claims)
    ]
    lines = score(Matched([Pair("a", *sides)], [])).lines
    assert lines is not None
    assert lines.macro_f1 == pytest.approx(f1_score(gold, claims, average="macro"))
    theirs = precision_recall_fscore_support(gold, claims, labels=sorted(labels))
    for n, label in enumerate(sorted(labels)):
        ours = lines.labels[label]
        assert (ours.precision, ours.recall, ours.f1, ours.gold) == pytest.approx(
            [part[n] for part in theirs]
        )


WHOLE = {"requests": {f"r{n}": {f"c{m}": None for m in range(7)} for n in range(28)}}
MANY = (1_000, pytest.param(10_000, marks=pytest.mark.full))
MEASURED = """
import resource, sys
from pathlib import Path
from training.scoring.score import score_paths
from tests.project import ROOT
scores = score_paths(*sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
status = Path("/proc/self/status")  # of this program alone: ru_maxrss has what started it in it
own = status.read_text().partition("VmHWM:")[2].split() if status.exists() else [used.ru_maxrss]
print(scores.cells.cells.of, scores.cells.wrong, round(used.ru_utime + used.ru_stime), own[0])
"""


@pytest.mark.slow
@pytest.mark.parametrize("many", MANY)
def test_records_are_scored_in_six_milliseconds_each_and_a_gigabyte(many: int, tmp_path: Path) -> None:
    cells = {
        table: {row: {column: dict(CELL) for column in columns} for row, columns in rows.items()}
        for table, rows in WHOLE.items()
    }
    body = json.dumps({"tables": cells, "problems": [{"text": "公开不及时"}] * 3, "sections": []})[1:]
    for side in ("gold", "new"):
        with (tmp_path / f"{side}.jsonl").open("w", encoding="utf-8") as file:
            for n in range(many):
                value = body.replace('"value": 12', '"value": 13', int(side == "new" and n % 10 == 0))
                file.write(f'{{"source": {{"name": "d{n}.txt"}}, {value}\n')
    paths = [str(tmp_path / f"{side}.jsonl") for side in ("gold", "new")]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *paths], capture_output=True, text=True, check=True, cwd=ROOT
    )
    cells_of, wrong, seconds, kilobytes = map(int, done.stdout.split())
    assert (cells_of, wrong) == (many * 196, many // 10)
    assert seconds < 6 + many * 0.006
    assert kilobytes < 1 << 20


CELL = {"value": 12, "text": "12", "state": "printed", "line": 41, "span": [1843, 1845], "confidence": 0.999}
