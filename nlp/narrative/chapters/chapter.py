"""A chapter as the record has it, with the place of its text."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.passage import Passage
from nlp.record.model import Section


class Chapter(Struct, frozen=True, gc=False):
    """A chapter or a part of one: `body` is where its text stands, without its own title.

    `passage` is its running text with its places; None for a part of a chapter.
    """

    section: Section
    body: Extent
    parts: Sequence[Chapter] = ()
    passage: Passage | None = None
