"""Names what a figure was measured with: the processor, Python and libraries."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LIBRARIES = (
    *("jieba", "rjieba", "numpy", "msgspec", "rapidfuzz", "joblib", "click", "pypdfium2"),
    *("pdfplumber", "pdfminer.six", "pypdf", "distributed"),
)
_PROCESSORS = Path("/proc/cpuinfo")


def machine() -> str:
    """Return one line on the machine."""
    return f"{_processor()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}"


def versions() -> dict[str, str]:
    """Return the version of Python and of each library that is installed."""
    found = {"Python": platform.python_version()}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found


def _processor() -> str:
    if _PROCESSORS.exists():
        for line in _PROCESSORS.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
