"""Reads government information disclosure reports into checked records: `nlp.read`, `nlp.read_many`."""

from __future__ import annotations

TYPE_CHECKING = False
"""As in `typing`, which is not loaded for it: whoever imports a module of the package imports this one."""
if TYPE_CHECKING:
    from nlp.api import Report, Unreadable, audit, read, read_bytes, read_many, to_pandas, to_polars

__all__ = ["Report", "Unreadable", "audit", "read", "read_bytes", "read_many", "to_pandas", "to_polars"]


def __getattr__(name: str) -> object:
    """Return a name of the package, loaded when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from nlp import api

    value: object = getattr(api, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
