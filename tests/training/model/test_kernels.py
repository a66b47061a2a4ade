"""A model is the same bytes whatever matrix kernel and processor it was trained on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.model_folder import ARRAYS, MANIFEST
from nlp.resources import folder as shipped_models
from tests.project import ROOT
from training.model import regression
from training.model.fitting import _training_rows, learn_vocabulary, read
from training.model.train import DOCUMENTS, SETTINGS, corpus

PROCESSORS = {
    "Haswell": "AVX512F AVX512CD AVX512_SKX",
    "Prescott": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX",
    "Zen": "",
    "SkylakeX": "",
}
"""What OpenBLAS is told to be on, and what NumPy is kept from; a processor that lacks it ignores that."""

EVERY_DAY = ("Haswell", "Prescott")
"""The kernels that are tried every day, on a few documents; all of them are with `-m full`."""

_TRAIN = """
import sys
from pathlib import Path
from training.model.fitting import described, read
from training.model.train import SETTINGS, fitted, readings_of, shipped
documents = shipped(SETTINGS.seed, int(sys.argv[2]))
fitted(readings_of(documents, SETTINGS), SETTINGS, described(documents, 0)).save(Path(sys.argv[1]))
"""


def trained(folder: Path, documents: int, kernels: Sequence[str]) -> dict[str, Path]:
    """Return the folder of a model of each kernel; the trainings run two at a time."""
    folders = {kernel: folder / kernel for kernel in kernels}
    waiting = list(folders.items())
    while waiting:
        pair, waiting = waiting[:2], waiting[2:]
        for run in [_started(kernel, path, documents) for kernel, path in pair]:
            assert run.wait() == 0
    return folders


def _started(kernel: str, folder: Path, documents: int) -> subprocess.Popen[bytes]:
    kept_from = PROCESSORS[kernel]
    environment = {**os.environ, "OPENBLAS_CORETYPE": kernel, "PYTHONWARNINGS": "ignore"}
    if kept_from:
        environment["NPY_DISABLE_CPU_FEATURES"] = kept_from
    command = [sys.executable, "-c", _TRAIN, str(folder), str(documents)]
    return subprocess.Popen(command, env=environment, cwd=ROOT)


def manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def of_few_documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return trained(tmp_path_factory.mktemp("few"), 4, EVERY_DAY)


@pytest.mark.slow
def test_two_kernels_give_the_same_bytes(of_few_documents: dict[str, Path]) -> None:
    are_the_same(of_few_documents)


@pytest.mark.full
def test_every_kernel_gives_the_bytes_of_the_shipped_model(tmp_path: Path) -> None:
    folders = trained(tmp_path, DOCUMENTS, tuple(PROCESSORS))
    are_the_same(folders)
    shipped = shipped_models("models") / "lines" / ARRAYS
    assert (folders["Haswell"] / ARRAYS).read_bytes() == shipped.read_bytes()


def are_the_same(folders: dict[str, Path]) -> None:
    kernels = {manifest(folder)["made_with"]["kernel"] for folder in folders.values()}
    assert len(kernels) >= 2, "this processor has one kernel only: nothing was compared"
    assert len({(folder / ARRAYS).read_bytes() for folder in folders.values()}) == 1
    assert len({LineClassifier.load(folder).sha256 for folder in folders.values()}) == 1
    without_made_with = [{**manifest(folder), "made_with": None, "seal": None} for folder in folders.values()]
    assert all(other == without_made_with[0] for other in without_made_with)


def test_the_manifest_names_libraries_and_kernel(of_few_documents: dict[str, Path]) -> None:
    made_with = manifest(of_few_documents["Haswell"])["made_with"]
    assert made_with["numpy"] == np.__version__
    assert {"jieba", "kernel", "rjieba", "scipy"} < set(made_with)


def test_the_bytes_are_the_same_however_many_parts_are_worked_on_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    readings = list(read(corpus(1, 3)))
    rows = _training_rows(readings, learn_vocabulary(readings, 1), SETTINGS)
    weights: list[bytes] = []
    for parts in (1, 2, 3):
        monkeypatch.setattr(regression, "_AT_ONCE", parts)
        monkeypatch.setattr(regression, "_BLOCK", 64)
        fit = regression.fit_regression(*rows, 1.0)
        weights.append(fit.weights.tobytes() + fit.intercept.tobytes())
    assert len(set(weights)) == 1


def test_the_weights_are_those_that_scikit_learn_finds() -> None:
    readings = list(read(corpus(1, 6)))
    matrix, labels, weights = _training_rows(readings, learn_vocabulary(readings, 1), SETTINGS)
    ours = regression.fit_regression(matrix, labels, weights, 1.0)
    theirs = LogisticRegression(C=1.0, tol=1e-6, max_iter=2000).fit(matrix, labels, weights)
    scores = matrix @ ours.weights + ours.intercept
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities = odds / odds.sum(axis=1, keepdims=True)
    assert np.abs(probabilities - theirs.predict_proba(matrix)).max() < 0.02
