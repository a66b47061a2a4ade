"""Loads what stays for as long as the program runs."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from nlp.running.startup import starting

THREADS = "OPENBLAS_NUM_THREADS"


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(THREADS, "1")
    yield
    gc.unfreeze()


def test_nothing_is_collected_while_modules_are_loaded() -> None:
    with starting():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_loaded_is_not_looked_through_again() -> None:
    before = gc.get_freeze_count()
    with starting():
        loaded: list[list[int]] = [[]]
    assert gc.get_freeze_count() > before
    assert not any(one is loaded for one in gc.get_objects())


def test_a_model_that_is_refused_leaves_the_collector_on() -> None:
    with pytest.raises(ValueError, match="refused"), starting():
        raise ValueError("refused")
    assert gc.isenabled()


def test_a_number_of_threads_that_the_user_chose_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS, "2")
    with starting():
        assert os.environ[THREADS] == "2"


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="the system does not list threads")
def test_the_matrix_library_starts_no_threads() -> None:
    code = (
        "import os\nfrom nlp.running.startup import starting\n"
        "with starting():\n    import nlp.labelling.classifier\n"
        "print(len(os.listdir('/proc/self/task')))"
    )
    environment = {name: value for name, value in os.environ.items() if name != THREADS}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "1", done.stderr
