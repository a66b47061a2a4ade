"""Tells which libraries, and which matrix kernel, a model is made with."""

from __future__ import annotations

from importlib.metadata import version

from threadpoolctl import threadpool_info  # type: ignore[import-untyped]

_LIBRARIES = ("jieba", "numpy", "rjieba", "scipy")
"""The libraries whose results a model's arrays are computed from."""


def libraries() -> dict[str, str]:
    """Return the version of each library, and the `kernel`: what the matrix library chose for the processor.

    >>> sorted(libraries())
    ['jieba', 'kernel', 'numpy', 'rjieba', 'scipy']
    """
    made_with = {name: version(name) for name in _LIBRARIES}
    kernels = {
        f"{library['internal_api']} {library.get('architecture') or 'unknown'}"
        for library in threadpool_info()
        if library["user_api"] == "blas"
    }
    made_with["kernel"] = ", ".join(sorted(kernels)) or "none"
    return dict(sorted(made_with.items()))
