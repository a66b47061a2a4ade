"""Shows the problems and the measures of a report, and the form in which one of them is changed."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import json

from nlp.correcting.fields import LISTS
from nlp.desk.page import hint
from nlp.desk.page import keyed as button
from nlp.desk.words import Words
from nlp.record.model import Improvement, Report
from nlp.showing.markup import Markup, element


def lists(report: Report, address: Callable[[str], str], words: Words) -> list[Markup]:
    """Return both lists with a link to each item; `address` gives that of a field."""
    shown: list[Markup] = []
    for name in LISTS:
        entries: list[Markup] = []
        items = getattr(report, name)
        for n, item in enumerate(items):
            answers = (
                [str(answered + 1) for answered in item.answers] if isinstance(item, Improvement) else []
            )
            pairs = element("small", f" → {'、'.join(answers)}") if answers else None
            entries.append(element("li", element("a", item.text, href=address(f"{name}.{n}")), pairs))
        more = element("a", words.say("add"), href=address(f"{name}.{len(items)}"))
        shown.append(
            element("section", element("h3", words.say(name)), element("ol", *entries), element("p", more))
        )
    return shown


def editor(name: str, position: int, report: Report, words: Words) -> Markup:
    """Return the form in which an item is changed; the position behind the last one adds an item."""
    items = getattr(report, name)
    field = f"{name}.{position}"
    is_new = position >= len(items)
    item = None if is_new else items[position]
    read = json.encode([entry.text for entry in items]).decode()
    text = element(
        "textarea", "" if item is None else item.text, name="value", rows=4, data_key="e", lang="zh"
    )
    buttons = [element("button", words.say("save"), hint("Ctrl+Enter"))]
    if not is_new:
        buttons.append(button(words.say("split"), "s", data_do="split", data_field=field))
        buttons.append(button(words.say("join"), "J", data_do="join", data_field=field))
        buttons.append(button(words.say("remove"), "x", data_do="remove", data_field=field))
    pairs = _pairs(item, report, words) if isinstance(item, Improvement) else None
    return element(
        "form",
        element("label", words.say("text"), hint("e"), text),
        element("p", *buttons, class_="answers"),
        pairs,
        data_do="rewrite",
        data_field=field,
        data_read=read,
        class_="item",
    )


def _pairs(measure: Improvement, report: Report, words: Words) -> Markup | None:
    """Return a box to tick for each problem that a measure may answer."""
    if not report.problems:
        return None
    boxes: list[Markup] = []
    for n, problem in enumerate(report.problems):
        ticked = "" if n in measure.answers else None
        box = element("input", type="checkbox", name="answers", value=problem.text, checked=ticked)
        boxes.append(element("label", box, problem.text))
    return element("fieldset", element("legend", words.say("pair")), *boxes, data_do="pair")
