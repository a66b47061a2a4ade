"""Reads files of records into a collection, one record at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from nlp.collection.collection import Builder, Collection
from nlp.collection.slim import NotARecord, SlimReport, slim
from nlp.record.files import UnreadableFile, raw_records

Tell = Callable[[str], None]
"""Takes a sentence on what could not be read."""
_TOO_LARGE = "a number in it is too large to be one of a report"


def read(
    files: Iterable[str],
    tell: Tell,
    step: Callable[[int], None] = lambda _: None,
    note: Callable[[SlimReport], None] = lambda _: None,
) -> Collection:
    """Return the records of files as a collection.

    What is no record is told with its file and line, and left out. `step` is called with the number of
    records read after each, `note` with each record that the collection takes in.
    """
    builder = Builder()
    done = 0
    for path in files:
        try:
            for raw in raw_records(path):
                try:
                    record = slim(raw.content)
                    builder.add(record)
                except NotARecord as reason:
                    tell(f"{raw.origin}: {reason}")
                except OverflowError:
                    tell(f"{raw.origin}: {_TOO_LARGE}")
                else:
                    note(record)
                    done += 1
                    step(done)
        except UnreadableFile as reason:
            tell(str(reason))
    return builder.collection()
