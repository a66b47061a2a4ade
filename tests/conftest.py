"""What tests share: the folder of real reports that lies beside the project, where it is there."""

from __future__ import annotations

import faulthandler
import gc
import os
from pathlib import Path

import pytest

from tests.project import ROOT

# Processes that read documents may end by a signal, as tests want it: pytest's dump of that is no failure.
os.register_at_fork(after_in_child=faulthandler.disable)
os.environ["LC_ALL"] = "C.UTF-8"  # what commands say is tested in English, unless a test says otherwise


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real reports and their gold records; they are for testing and are not part of the project."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("../shared with the real reports is not there")
    return folder


def pytest_unconfigure() -> None:
    """Let go of what commands run in this process froze: DuckDB tells of all that is left at its end."""
    gc.unfreeze()
