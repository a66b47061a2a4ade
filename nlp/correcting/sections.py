"""Puts corrections of the borders of chapters and their parts into a report's sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from nlp.record.corrections import Correction
from nlp.record.model import Section, Span

_PREFIX = "sections."


class CorrectedSections(NamedTuple):
    """The sections as they were decided, and the fields whose corrections were of another reading."""

    sections: list[Section]
    stale: list[str]


def corrected(read: Sequence[Section], decisions: Mapping[str, Correction]) -> CorrectedSections:
    """Return the sections, as they were read, with the corrections of a report.

    A section whose border was moved has the text that the correction gives, none where it gives none.
    """
    by_key = {
        field.removeprefix(_PREFIX): correction
        for field, correction in decisions.items()
        if field.startswith(_PREFIX) and correction.state != "disputed"
    }
    if not by_key:
        return CorrectedSections(list(read), [])
    lines_of = {key: section.lines for key, section in keyed(read)}
    stale: list[str] = []
    for key, correction in by_key.items():
        chapter = key.rpartition(".")[0]
        has_chapter = not chapter or chapter in lines_of or chapter in by_key
        if not has_chapter or _is_stale(correction, lines_of.get(key)):
            stale.append(_PREFIX + key)
    return CorrectedSections(_level(read, "", by_key, 1), stale)


def keyed(sections: Sequence[Section], above: str = "") -> Iterator[tuple[str, Section]]:
    """Yield every section with its key: the kinds from the chapter down to it, joined by dots.

    The second of one kind in one place has `-2` behind its kind, and so on.
    """
    for key, section in _keys(sections, above):
        yield key, section
        yield from keyed(section.sections, f"{key}.")


def _keys(sections: Sequence[Section], above: str) -> Iterator[tuple[str, Section]]:
    counts: dict[str, int] = {}
    for section in sections:
        counts[section.kind] = counts.get(section.kind, 0) + 1
        number = counts[section.kind]
        yield above + section.kind + (f"-{number}" if number > 1 else ""), section


def _is_stale(correction: Correction, now: Span | None) -> bool:
    """Return whether a correction is of other lines than are read now, and does not ask for these."""
    lines_now = None if now is None else list(now)
    if correction.read is UNSET or _lines(correction.read) == lines_now:
        return False
    if correction.state == "confirmed":  # of lines that are no longer read; it has no value
        return True
    wanted = None if correction.state == "missing" else _lines(correction.value)
    return wanted != lines_now


def _lines(noted: Any) -> list[int] | None:
    """Return the lines in `read` or `value` of a correction: a pair, or an object with one."""
    lines = noted.get("lines") if isinstance(noted, dict) else noted
    return None if lines in (None, UNSET) else list(lines)


def _level(
    read: Sequence[Section], above: str, by_key: Mapping[str, Correction], level: int
) -> list[Section]:
    """Return the sections of one level, below the key `above`, with those below them."""
    sections: list[Section] = []
    keys = set()
    for key, section in _keys(read, above):
        keys.add(key)
        correction = by_key.get(key)
        if correction is not None and correction.state == "missing":
            continue
        parts = _level(section.sections, f"{key}.", by_key, level + 1)
        sections.append(_section(replace(section, sections=parts), correction))
    added: list[Section] = []
    for key, correction in by_key.items():
        is_of_level = key.startswith(above) and "." not in key.removeprefix(above)
        if is_of_level and key not in keys and correction.state == "corrected":
            added.append(_added(key, correction, by_key, level))
    if added:
        sections = sorted([*sections, *added], key=lambda section: section.lines[0])
    return sections


def _section(section: Section, correction: Correction | None) -> Section:
    if correction is None:
        return section
    value = correction.read if correction.state == "confirmed" else correction.value
    lines = _lines(value)
    if lines is None:
        return section
    given = value if isinstance(value, dict) else {}
    kept_text = section.text if lines == list(section.lines) else ""
    return replace(
        section,
        lines=(lines[0], lines[1]),
        title=given.get("title", section.title),
        text=given.get("text", kept_text),
    )


def _added(key: str, correction: Correction, by_key: Mapping[str, Correction], level: int) -> Section:
    kind = key.rpartition(".")[2].partition("-")[0]
    value = correction.value
    first, last = value["lines"]
    parts = _level([], f"{key}.", by_key, level + 1)
    return Section(kind, value.get("title", ""), level, (first, last), value.get("text", ""), parts)
