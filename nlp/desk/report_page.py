"""Shows a report at the desk: its page beside the question, the sums, the tables and the prose."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import UNSET

from nlp.auditing.audit import audit
from nlp.auditing.reasons import failure_message
from nlp.correcting.fields import FACTS, cell_field
from nlp.correcting.sections import keyed
from nlp.desk import items_view, sums_view
from nlp.desk.card import card, section_title, title
from nlp.desk.filters import Filter
from nlp.desk.page import hint
from nlp.desk.questions import questions
from nlp.desk.words import Words
from nlp.record.model import CHAPTERS, Report
from nlp.showing.markup import Child, Markup, element
from nlp.showing.tables import tables


class Shown(NamedTuple):
    """What a page about a report shows.

    `number` is the report's, `field` what is asked about, `document` the part that shows where that stands;
    `left` is how many things are left in all reports, `wanted` the filter of the list that one came from,
    `view` is `text` where the text of a PDF is shown.
    """

    number: int
    report: Report
    field: str
    document: Markup
    left: int
    wanted: Filter
    words: Words
    view: str = ""

    def address(self, field: str) -> str:
        """Return the address of the page that asks about a field of this report."""
        return address(self.number, self.wanted, field, self.view)


def address(number: int, wanted: Filter, field: str, view: str = "") -> str:
    """Return the address of the page that asks about a field of a report.

    `view` is `text` where the text of a PDF is shown instead of its pages.

    >>> address(3, Filter(), "year"), address(3, Filter(), "problems.0", "text")
    ('/report/3?at=year', '/report/3?view=text&at=problems.0')
    """
    return f"/report/{number}{wanted.query(view=view, at=field)}"


def report_title(report: Report) -> str:
    """Return whose report it is, of which year."""
    return f"{report.organization or report.source.name} {report.year or ''}".strip()


def report_main(shown: Shown) -> Markup:
    """Return the main part of the page about a report."""
    report, words = shown.report, shown.words
    side = element(
        "div",
        element(
            "div",
            _where_one_is(shown),
            card(shown.field, report, words) if report.error is UNSET else None,
            sums_view.sums(report, words) if report.error is UNSET else None,
            id="top",
        ),
        _tables(shown),
        _prose(shown) if report.error is UNSET else None,
        id="side",
    )
    document = element(
        "section", shown.document, id="document", aria_label=words.say("document"), tabindex="0"
    )
    return element(
        "main",
        document,
        side,
        id="main",
        class_="report",
        data_number=shown.number,
        data_url=shown.address(shown.field),
        data_title=report_title(report),
    )


def _where_one_is(shown: Shown) -> Markup:
    """Return whose report it is, how much is left, and the ways to the next and the previous thing."""
    report, words = shown.report, shown.words
    left = questions(report.review, report.corrections)
    links: list[Child] = []
    before, after = _neighbours(left, shown.field)
    if before:
        links.append(element("a", words.say("previous"), hint("k"), href=shown.address(before), data_key="k"))
    if after:
        links.append(element("a", words.say("next"), hint("j"), href=shown.address(after), data_key="j"))
    links.append(
        element("a", words.say("lines"), hint("g"), href=f"/report/{shown.number}/lines", data_key="g")
    )
    go_on = f"/next{shown.wanted.query(after=shown.number)}"
    links.append(element("a", words.say("next_report"), hint("n"), href=go_on, data_key="n"))
    here = words.say("here_left", count=len(left)) if left else words.say("here_done")
    in_all = words.say("all_left", count=shown.left) if shown.left else words.say("all_done")
    return element(
        "div",
        element("h1", report_title(report)),
        element("p", report.source.path, class_="path"),
        element("p", here, "　", in_all, class_="left", data_left=len(left)),
        _failure(report, words),
        element("nav", *links),
        id="whose",
    )


def _failure(report: Report, words: Words) -> Markup | None:
    """Return why a document could not be read."""
    if report.error is UNSET:
        return None
    said = failure_message(report.error) if words.language == "zh" else report.error.message
    return element("p", said, class_="alarm")


def _neighbours(left: list[str], field: str) -> tuple[str, str]:
    """Return what is asked before and behind a field; the first and the last have but one neighbour."""
    if field not in left:
        return "", left[0] if left else ""
    place = left.index(field)
    before = left[place - 1] if place else ""
    after = left[place + 1] if place + 1 < len(left) else ""
    return before, after


def _tables(shown: Shown) -> Markup:
    left = set(questions(shown.report.review, shown.report.corrections))

    def link(id: str, value: Child) -> Child:
        field = cell_field(id)
        return element(
            "a",
            value or "\u00a0",
            href=shown.address(field),
            aria_current="true" if field == shown.field else None,
            aria_label=f"{title(field, shown.report, shown.words)} {value or ''}",
            class_="left" if field in left else None,
            tabindex=None if field in left or field == shown.field else "-1",
        )

    drawn = tables(shown.report, audit(shown.report), link)
    return element("div", drawn, id="form", class_="nianbao", lang="zh")


def _prose(shown: Shown) -> Markup:
    report, words = shown.report, shown.words
    facts: list[Markup] = []
    for fact in FACTS:
        name = title(fact, report, words)
        value = str(getattr(report, fact) or words.say("unknown"))
        facts.append(element("li", f"{name}：", element("a", value, href=shown.address(fact))))
    chapters: list[Markup] = []
    keys = {key: section.lines for key, section in keyed(report.sections)}
    for key in [*keys, *(chapter for chapter in CHAPTERS if chapter not in keys)]:
        lines = "–".join(map(str, keys[key])) if key in keys else words.say("nothing")
        link = element("a", section_title(key, report), href=shown.address(f"sections.{key}"))
        chapters.append(element("li", link, f"　{lines}"))
    return element(
        "div",
        element("section", element("h3", words.say("facts")), element("ul", *facts)),
        *items_view.lists(report, shown.address, words),
        element("section", element("h3", words.say("chapters")), element("ul", *chapters)),
        id="prose",
        lang="zh",
    )
