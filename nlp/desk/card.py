"""Asks one thing: what was read there, why that is in doubt, and what a person can decide by one key."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UNSET

from nlp.auditing import reasons as chinese
from nlp.auditing.places import in_words
from nlp.auditing.sums import shown
from nlp.correcting.applying import as_read
from nlp.correcting.fields import cell_field, parsed
from nlp.correcting.sections import keyed
from nlp.desk import items_view
from nlp.desk.page import hint
from nlp.desk.page import keyed as button
from nlp.desk.questions import reasons_for
from nlp.desk.words import Words
from nlp.form import form as forms
from nlp.form.names import cell_name, form_of, table_title
from nlp.record.corrections import Decision
from nlp.record.model import MISSING, Cell, Number, Report, Review, Span
from nlp.showing.markup import Child, Markup, element, joined

_ON_KEYS = 9
"""So many candidates have a key of their own."""
_SHOWN = 40
"""So many candidates are shown; any other number can be typed."""


def card(field: str, report: Report, words: Words) -> Markup:
    """Return the question about a field of a report."""
    return element(
        "section",
        element("h2", title(field, report, words), id="question", tabindex="-1"),
        *(_reason(reason, report, words) for reason in reasons_for(field, report.review)),
        _decision(field, report, words),
        joined(_answers(field, report, words)),
        id="card",
        aria_labelledby="question",
        data_field=field,
    )


def title(field: str, report: Report, words: Words) -> str:
    """Return what a field is called: a cell by the labels of the form."""
    kind, name, position = parsed(field)
    form = form_of(report.form)
    if kind == "cell":
        return f"{table_title(form, name.partition('.')[0])}　{cell_name(form, name)}"
    if kind == "fact":
        return words.say({"organization": "agency"}.get(name, name))
    if kind == "item":
        return f"{words.say(name)} {position + 1}"
    if kind == "section":
        return section_title(name, report)
    if kind == "reason":
        return words.reason(name.partition(".")[0])
    return words.say(name)


def section_title(key: str, report: Report) -> str:
    """Return the title of a chapter or part as the page has it; its key where it has none."""
    for section_key, section in keyed(report.sections):
        if section_key == key and section.title:
            return section.title
    return key


def _reason(reason: Review, report: Report, words: Words) -> Markup:
    said = chinese.reason(form_of(report.form), reason) if words.language == "zh" else reason.message
    return element("p", said, class_="why")


def _decision(field: str, report: Report, words: Words) -> Markup | None:
    """Return what was decided about a field, by whom, and the button that takes it back."""
    decisions: list[Decision] = [] if report.corrections is UNSET else report.corrections
    for decision in decisions:
        if decision.field in (field, parsed(field).name):
            signed = words.say("by", by=decision.by, at=decision.at)
            back = button(words.say("withdraw"), "w", data_do="withdraw", data_field=decision.field)
            return element("p", signed, back, class_="decided")
    return None


def _answers(field: str, report: Report, words: Words) -> Iterator[Child]:
    kind, name, position = parsed(field)
    if kind == "cell":
        yield from _of_cell(name, report, words)
    elif kind == "fact":
        yield from _of_fact(name, report, words)
    elif kind == "item":
        yield items_view.editor(name, position, report, words)
    elif kind == "section":
        yield from _of_section(name, report, words)
    elif kind == "reason" and reasons_for(field, report.review):
        yield element(
            "p", button(words.say("seen"), "Enter", data_do="confirm", data_field=field), class_="answers"
        )


def _of_cell(id: str, report: Report, words: Words) -> Iterator[Markup]:
    table, row, column = id.split(".")
    cell = report.tables.get(table, {}).get(row, {}).get(column, MISSING)
    field = cell_field(id)
    yield _said(words.say("read_as"), _told(cell.as_read, words))
    if cell.read is not UNSET:
        yield _said(words.say("decided_as"), _told(cell, words))
    stands = _place(cell, words)
    if stands:
        yield _said(words.say("stands_at"), stands)
    candidates = list(cell.as_read.candidates or [])[:_SHOWN]
    buttons: list[Markup] = []
    for n, candidate in enumerate(dict.fromkeys(candidates), 1):
        key = str(n) if n <= _ON_KEYS else ""
        do = {"data_do": "blank"} if candidate is None else {"data_do": "value", "data_value": candidate}
        buttons.append(button(_candidate(candidate, words), key, data_field=field, data_try=field, **do))
    if buttons:
        yield element("p", element("span", words.say("candidates")), *buttons, class_="answers candidates")
    confirm = button(words.say("untellable"), "a", data_do="untellable", data_field=field)
    if cell.as_read.state != "ambiguous":
        confirm = button(words.say("confirm"), "Enter", data_do="confirm", data_field=field)
    yield element(
        "p",
        confirm,
        button(words.say("blank"), "b", data_do="blank", data_field=field),
        button(words.say("missing"), "m", data_do="missing", data_field=field),
        button(words.say("confirm_row"), "r", data_do="confirm_row", data_field=field),
        button(words.say("confirm_table"), "t", data_do="confirm_table", data_field=field),
        class_="answers",
    )
    yield _input(field, words.say("number"), words, inputmode="decimal", data_try=field, size=12)


def _place(cell: Cell, words: Words) -> str:
    """Return where a cell stands in its document, by table, sheet or page; "" where nothing tells it."""
    if cell.at is not UNSET:
        return in_words(cell.at) if words.language == "zh" else cell.at.text
    return "" if cell.page is UNSET else words.say("page", page=cell.page)


def _candidate(value: Number | None, words: Words) -> str:
    return words.say("is_blank") if value is None else shown(value)


def _told(cell: Cell, words: Words) -> str:
    """Return what a page has in a cell, in words."""
    if cell.on_page == "printed":
        return shown(cell.value)
    return words.say(f"is_{cell.on_page}")


def _of_fact(name: str, report: Report, words: Words) -> Iterator[Markup]:
    now, read = getattr(report, name), getattr(as_read(report), name)
    yield _said(words.say("read_as"), str(read or words.say("unknown")))
    if now != read:
        yield _said(words.say("decided_as"), str(now or words.say("unknown")))
    buttons: list[Markup] = []
    if read is not None:
        buttons.append(button(words.say("confirm"), "Enter", data_do="confirm", data_field=name))
    if name == "form":
        for n, form in enumerate(forms.editions(), 1):
            buttons.append(
                button(form.edition, str(n), data_do="value", data_field=name, data_value=form.edition)
            )
        yield element("p", *buttons, class_="answers")
        return
    buttons.append(button(words.say("page_silent"), "b", data_do="blank", data_field=name))
    yield element("p", *buttons, class_="answers")
    kind = {"year": {"inputmode": "numeric", "size": 6}}.get(name, {"size": 32})
    yield _input(name, words.say({"organization": "agency"}.get(name, name)), words, value=now or "", **kind)


def _said(about: str, said: str) -> Markup:
    return element("p", element("span", about), element("strong", said), class_="read")


def _of_section(key: str, report: Report, words: Words) -> Iterator[Markup]:
    field = f"sections.{key}"
    lines, read = _lines(key, report), _lines(key, as_read(report))
    yield _said(words.say("read_as"), "–".join(map(str, read)) if read else words.say("nothing"))
    buttons: list[Markup] = []
    if read is not None:
        buttons.append(button(words.say("confirm"), "Enter", data_do="confirm", data_field=field))
        buttons.append(button(words.say("no_chapter"), "m", data_do="missing", data_field=field))
    yield element("p", *buttons, class_="answers")
    first, last = lines or ("", "")
    yield element(
        "form",
        element(
            "label",
            words.say("first_line"),
            element("input", name="first", value=first, inputmode="numeric", size=5, data_key="e"),
        ),
        element(
            "label",
            words.say("last_line"),
            element("input", name="last", value=last, inputmode="numeric", size=5),
        ),
        element("button", words.say("save")),
        data_do="border",
        data_field=field,
        class_="answers",
    )


def _lines(key: str, report: Report) -> Span | None:
    """Return the lines of a chapter or part; None where the report has it not."""
    for section_key, section in keyed(report.sections):
        if section_key == key:
            return section.lines
    return None


def _input(field: str, label: str, words: Words, **attributes: object) -> Markup:
    typed = element("input", name="value", autocomplete="off", data_key="e", data_types="yes", **attributes)
    return element(
        "form",
        element("label", label, hint("e"), typed),
        element("button", words.say("save")),
        data_do="value",
        data_field=field,
        class_="answers",
    )
