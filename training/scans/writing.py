"""Writes docs/scans.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from training.scans.measuring import Taken


def page(reports: Sequence[Taken]) -> str:
    return ""
