"""Says which sums do not hold, and which would break or mend if a cell had another value."""

from __future__ import annotations

from nlp.auditing.audit import audit
from nlp.auditing.counting import sums_of
from nlp.desk.words import Words
from nlp.record.model import Check, Report
from nlp.showing.markup import Child, Markup, element


def sums(report: Report, words: Words) -> Markup:
    """Return the sums of a report that do not hold."""
    broken = _broken(report)
    said = words.say("sums_broken", count=len(broken)) if broken else _none_broken(report, words)
    return _listed([element("p", said, class_="alarm" if broken else "calm")], broken, report, words)


def tried(report: Report, with_value: Report, words: Words) -> Markup:
    """Return what becomes of the sums of a report with a value that is not kept yet."""
    before, after = _broken(report), _broken(with_value)
    mended = [check for id, check in before.items() if id not in after]
    breaking = {id: check for id, check in after.items() if id not in before}
    said: list[Child] = []
    if mended:
        said.append(element("p", words.say("mends", count=len(mended)), class_="calm"))
    if breaking:
        said.append(element("p", words.say("breaks", count=len(breaking)), class_="alarm"))
    if after and not said:
        said.append(element("p", words.say("sums_broken", count=len(after)), class_="alarm"))
    if not after:
        said.append(element("p", _none_broken(with_value, words), class_="calm"))
    return _listed(said, after, with_value, words)


def _none_broken(report: Report, words: Words) -> str:
    """Return that no sum is broken, and how many could not be checked."""
    counts = sums_of(report)
    name = "sums_hold_so_far" if counts.not_assessable else "sums_hold"
    return words.say(name, all=counts.all, assessable=counts.assessable)


def _broken(report: Report) -> dict[str, Check]:
    return {check.id: check for check in report.sums if check.outcome == "broken"}


def _listed(said: list[Child], broken: dict[str, Check], report: Report, words: Words) -> Markup:
    messages = {sum.id: sum.message for sum in audit(report).broken}
    entries: list[Markup] = []
    for id, check in broken.items():
        message = words.say(
            "sum_broken", message=messages[id], rule=f"{id}: {check.rule}", left=check.left, right=check.right
        )
        entries.append(element("li", message))
    return element("div", *said, element("ul", *entries) if entries else None, id="sums", role="status")
