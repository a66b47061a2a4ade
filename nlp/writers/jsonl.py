"""Writes records as JSON Lines: one record a line, in UTF-8."""

from __future__ import annotations

import msgspec

from nlp.record.model import Report

_encoder = msgspec.json.Encoder()


def line(report: Report) -> bytes:
    r"""Return a report as one line of JSON, its line feed included.

    The fields come in the order of the record's types.

    >>> from nlp.record.model import Source
    >>> line(Report(source=Source("a.txt", "in/a.txt", "", "text/plain", "utf-8", 0, 1)))[:28]
    b'{"schema":"nianbao.report/2"'
    """
    return _encoder.encode(report) + b"\n"
