"""Names what is raised where JSON is none: it is malformed, not UTF-8, or nested deeper than can be read."""

from __future__ import annotations

from msgspec import DecodeError

MALFORMED: tuple[type[Exception], ...] = (DecodeError, UnicodeDecodeError, RecursionError)
"""What to catch round the decoding of what others wrote: ValidationError is a DecodeError, too."""
