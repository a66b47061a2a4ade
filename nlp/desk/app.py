"""Answers the browser: which address shows or does what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, abort, make_response, request
from msgspec import DecodeError, ValidationError, json

from nlp.correcting.applying import applied
from nlp.correcting.decisions import decisions
from nlp.desk import actions, decoding, document_view, report_page, sums_view
from nlp.desk.actions import Action, Refused
from nlp.desk.desk import Desk
from nlp.desk.documents import NoDocument
from nlp.desk.door import DROP, LANGUAGE, LANGUAGE_COOKIE, Door, led_to, told, words
from nlp.desk.filters import Filter
from nlp.desk.labels import Labels
from nlp.desk.labels_page import labels_main
from nlp.desk.list_page import list_page
from nlp.desk.page import page
from nlp.desk.questions import first_question, is_field, questions
from nlp.desk.spots import in_text
from nlp.desk.words import LANGUAGES, Language
from nlp.record.model import Report
from nlp.resources import folder
from nlp.showing.markup import Markup, element, joined

_FILES = {"desk.js": "text/javascript", "desk.css": "text/css", "showing.css": "text/css"}
_action = json.Decoder(Action)


def application(desk: Desk, token: str, port: int, language: Language = "zh") -> Flask:
    """Return the application of a desk, which answers at a port of this machine to who has the token.

    It speaks a language until a person chooses the other one.
    """
    views = _Views(desk)
    app = Flask(__name__, static_folder=None)
    app.config[LANGUAGE] = language
    Door(token, port).hang(app)
    routes: list[tuple[str, str, Callable[..., Any]]] = [
        ("GET", "/", views.list),
        ("GET", "/next", views.next),
        ("GET", "/language/<language>", views.language),
        ("GET", "/<any('desk.js', 'desk.css', 'showing.css'):name>", views.file),
        ("GET", "/favicon.ico", views.nothing),
        ("GET", "/report/<int:number>", views.report),
        ("GET", "/report/<int:number>/page/<int:page>.png", views.picture),
        ("POST", "/report/<int:number>/decide", views.decide),
        ("POST", "/report/<int:number>/try", views.tried),
        ("GET", "/report/<int:number>/lines", views.lines),
        ("POST", "/report/<int:number>/label", views.label),
        ("POST", "/undo", views.undo),
        ("POST", "/redo", views.redo),
        ("POST", DROP, views.drop),
    ]
    for method, rule, view in routes:
        app.add_url_rule(rule, view_func=view, methods=[method], endpoint=rule)
    return app


class _Views:
    """What is shown or done at each address."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def list(self) -> str:
        """Show the list of the reports."""
        number = max(request.args.get("page", 0, int), 0)
        shelf = self.desk.shelf
        return list_page(shelf.entries, self._filter, number, words(), shelf.is_loading, self.desk.amiss)

    def next(self) -> Any:
        """Lead to the next report with something left, or back to the list."""
        wanted = self._filter
        number = self.desk.next(request.args.get("after", -1, int), wanted)
        place = "/" if number is None else f"/report/{number}"
        return led_to(f"{place}{wanted.query()}")

    def language(self, language: str) -> Any:
        """Change the language and lead back."""
        if language not in LANGUAGES:
            abort(404)
        back = urlsplit(request.referrer or "/")
        answer = led_to(f"{back.path}?{back.query}")
        answer.set_cookie(LANGUAGE_COOKIE, language, samesite="Strict", max_age=10**7)
        return answer

    def file(self, name: str) -> Any:
        """Give the script or a style sheet."""
        answer = make_response((folder("data") / name).read_bytes())
        answer.headers["Content-Type"] = f"{_FILES[name]}; charset=utf-8"
        return answer

    def nothing(self) -> Any:
        """Answer browsers, which ask for a picture of the site: there is none."""
        return make_response("", 204)

    def report(self, number: int) -> str:
        """Show a report, and ask about a field of it."""
        report = self._decided(number)
        field = request.args.get("at") or first_question(report)
        main = self._main(number, report, field)
        self.desk.prepare_next(number, self._filter)
        return page(words(), report_page.report_title(report), main, self._to_list())

    def picture(self, number: int, page: int) -> Any:
        """Give a page of a report's PDF as a picture."""
        report = self._decided(number)
        try:
            picture = decoding.picture(self.desk.document(number, report), report.source.sha256, page)
        except NoDocument:
            abort(404)
        answer = make_response(picture.png)
        answer.headers["Content-Type"] = "image/png"
        answer.headers["Cache-Control"] = "private, max-age=3600"
        return answer

    def decide(self, number: int) -> Any:
        """Keep a decision; show what is asked next."""
        before = self._decided(number)
        action = self._asked()
        made = actions.corrections(action, before, self._text_for(action, number, before))
        is_new = self.desk.log.decide(made)
        self.desk.shelf.refresh(before.id)
        after = self._decided(number)
        field = _next_field(action.field, before, after)
        return self._main_with(number, after, field, "saved" if is_new else "nothing_new")

    def tried(self, number: int) -> str:
        """Tell what would become of the sums with a value, which is not kept."""
        report = self._decided(number)
        try:
            made = actions.corrections(self._asked(), report, None)
        except Refused:
            return sums_view.sums(report, words())
        counting = [*self.desk.log.of(report.id).values(), *made]
        with_value = applied(report, decisions(counting).get(report.id, {}))
        return sums_view.tried(report, with_value, words())

    def lines(self, number: int) -> str:
        """Show the lines of a report's document with their labels."""
        report = self._decided(number)
        labels = self._labels()
        title = report_page.report_title(report)
        try:
            drafted = self.desk.drafted(number, report)
            lines = labels.lines(report.source, drafted.text, drafted.lines)
            main = labels_main(number, lines, labels.file(report.source), words())
        except NoDocument as reason:
            main = element("main", document_view.absent(reason, words()), id="main", class_="list")
        back = element("a", title, href=f"/report/{number}")
        return page(words(), title, main, back)

    def label(self, number: int) -> Any:
        """Give a line the label that a person chose."""
        report = self._decided(number)
        action = self._asked()
        drafted = self.desk.drafted(number, report)
        self._labels().give(report.source, drafted.text, drafted.lines, action.at, str(action.value))
        return told(words().say("saved"), 200)

    def undo(self) -> Any:
        """Take back what was decided last."""
        return self._stepped(self.desk.log.undo(), "undone", "nothing_to_undo")

    def redo(self) -> Any:
        """Decide once more what was taken back."""
        return self._stepped(self.desk.log.redo(), "redone", "nothing_to_redo")

    def drop(self) -> Any:
        """Read a document that was dropped on the list."""
        name = request.args.get("name", "").replace("\\", "/").rpartition("/")[2] or "dropped"
        self.desk.take_in(name, request.get_data(cache=False))
        return make_response("", 204)

    @property
    def _filter(self) -> Filter:
        return Filter.of(request.args)

    def _labels(self) -> Labels:
        if self.desk.labels is None:
            raise Refused("no_labels")
        return self.desk.labels

    def _to_list(self) -> Markup:
        return element("a", words().say("to_list"), href=f"/{self._filter.query()}", class_="back")

    def _decided(self, number: int) -> Report:
        if number >= len(self.desk.shelf.entries):
            abort(404)
        return self.desk.shelf.decided(number)

    def _asked(self) -> Action:
        content = request.get_data()
        try:
            return _action.decode(content)
        except (DecodeError, ValidationError, UnicodeDecodeError, RecursionError) as reason:
            raise Refused("bad_request") from reason

    def _text_for(self, action: Action, number: int, report: Report) -> str | None:
        """Return the decoded text where an action needs it."""
        return self.desk.text_if_there(number, report) if action.do == "split" else None

    def _stepped(self, id: str | None, done: str, nothing: str) -> Any:
        """Show the report in which a step was taken back or made again."""
        if id is None:
            return told(words().say(nothing), 409)
        self.desk.shelf.refresh(id)
        number = self.desk.shelf.number(id)
        report = self._decided(number)
        asked = request.args.get("at", "")
        field = asked if is_field(asked) else first_question(report)
        return self._main_with(number, report, field, done)

    def _main_with(self, number: int, report: Report, field: str, says: str) -> Any:
        answer = make_response(self._main(number, report, field))
        answer.headers["X-Desk-Says"] = quote(words().say(says))
        return answer

    def _main(self, number: int, report: Report, field: str) -> Markup:
        if not is_field(field):
            abort(404)
        left = self.desk.shelf.left
        view = "text" if request.args.get("view") == "text" else ""
        address = report_page.address(number, self._filter, field)
        document = self._document(number, report, field, address)
        return report_page.report_main(
            report_page.Shown(number, report, field, document, left, self._filter, words(), view)
        )

    def _document(self, number: int, report: Report, field: str, address: str) -> Markup:
        """Show the document: the page with a frame where a field stands, or its text with a mark."""
        said = words()
        has_pages = self.desk.has_pages(report)
        view = request.args.get("view", "")
        try:
            spot = self.desk.spot(number, report, field)
            page = request.args.get("page", spot.page or (1 if view == "page" else 0), int)
            if has_pages and view != "text" and page:
                picture = decoding.picture(self.desk.document(number, report), report.source.sha256, page)
                tools = document_view.tools(address, page, picture.pages, said)
                shown = document_view.as_page(picture, page, f"/report/{number}/page/{page}.png", spot, said)
                return joined([tools, shown])
            text = self.desk.text(number, report)
            shown = document_view.as_text(text, in_text(spot, text), said)
            return joined([document_view.tools(address, None, 0, said) if has_pages else None, shown])
        except NoDocument as reason:
            return document_view.absent(reason, said)


def _next_field(field: str, before: Report, after: Report) -> str:
    """Return what is asked after a decision: what is left behind its field, else the first, else it again."""
    left = questions(after.review, after.corrections)
    asked = questions(before.review, before.corrections)
    if field in asked and field not in left:
        behind = [other for other in asked[asked.index(field) + 1 :] if other in left]
        return (behind or left or [field])[0]
    return field
