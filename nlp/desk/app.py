"""Answers the browser: which address shows or does what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, Response, abort, make_response, redirect, request
from msgspec import DecodeError, ValidationError, json
from werkzeug.exceptions import HTTPException

from nlp.correcting.applying import applied
from nlp.correcting.decisions import decisions
from nlp.correcting.files import BadCorrections
from nlp.desk import actions, document_view, documents, report_page, safety, sums_view
from nlp.desk.actions import Action, Refused
from nlp.desk.desk import Desk
from nlp.desk.documents import NoDocument
from nlp.desk.filters import Filter
from nlp.desk.list_page import list_page
from nlp.desk.page import page
from nlp.desk.questions import first_question, is_field, questions
from nlp.desk.spots import in_text, spot_of
from nlp.desk.words import LANGUAGES, Words, preferred
from nlp.limits import LARGEST_FILE
from nlp.record.model import Report
from nlp.resources import folder
from nlp.showing.markup import Markup, element, joined

_LARGEST_DECISION = 1 << 20
"""In bytes: more than any decision needs."""
_FILES = {"desk.js": "text/javascript", "desk.css": "text/css", "showing.css": "text/css"}
_action = json.Decoder(Action)


def application(desk: Desk, token: str, port: int) -> Flask:
    """Return the application of a desk, which answers at a port of this machine to who has the token."""
    views = _Views(desk, token, port)
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FILE
    app.before_request(views.let_in)
    app.after_request(views.sealed)
    app.register_error_handler(HTTPException, views.refused)
    app.register_error_handler(Refused, views.not_done)
    app.register_error_handler(BadCorrections, views.not_written)
    app.register_error_handler(OSError, views.not_written)
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
        ("POST", "/undo", views.undo),
        ("POST", "/redo", views.redo),
        ("POST", "/drop", views.drop),
    ]
    for method, rule, view in routes:
        app.add_url_rule(rule, view_func=view, methods=[method], endpoint=rule)
    return app


class _Views:
    """What is shown or done at each address."""

    def __init__(self, desk: Desk, token: str, port: int) -> None:
        self.desk = desk
        self.token = token
        self.port = port
        self.cookie = f"nianbao_desk_{port}"

    def let_in(self) -> Response | None:
        """Refuse a request that is not the person's own; take the token out of the address into a cookie."""
        if not safety.is_our_host(request.host, self.port):
            abort(403, "refused_host")
        if "token" in request.args:
            if not safety.is_our_token(request.args["token"], self.token):
                abort(403, "refused_token")
            answer = redirect(request.path, 303)
            answer.set_cookie(self.cookie, self.token, httponly=True, samesite="Strict")
            return _response(answer)
        if not safety.is_our_token(request.cookies.get(self.cookie, ""), self.token):
            abort(403, "refused_token")
        if request.method != "GET" and not safety.is_from_our_page(request.headers, request.host):
            abort(403, "refused_origin")
        if request.path != "/drop":
            request.max_content_length = _LARGEST_DECISION
        return None

    def sealed(self, answer: Response) -> Response:
        """Give an answer the headers that keep it from running or loading anything."""
        for name, value in safety.HEADERS.items():
            answer.headers[name] = value
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    def list(self) -> str:
        """Show the list of the reports."""
        number = max(request.args.get("page", 0, int), 0)
        shelf = self.desk.shelf
        return list_page(shelf.entries, self._filter, number, self._words, shelf.is_loading, self.desk.amiss)

    def next(self) -> Response:
        """Lead to the next report with something left, or back to the list."""
        wanted = self._filter
        number = self.desk.next(request.args.get("after", -1, int), wanted)
        place = "/" if number is None else f"/report/{number}"
        return _response(redirect(f"{place}{wanted.query()}", 303))

    def language(self, language: str) -> Response:
        """Change the language and lead back."""
        if language not in LANGUAGES:
            abort(404)
        back = urlsplit(request.referrer or "/")
        answer = redirect(f"{back.path}?{back.query}" if back.query else back.path, 303)
        answer.set_cookie("nianbao_language", language, samesite="Strict", max_age=10**7)
        return _response(answer)

    def file(self, name: str) -> Response:
        """Give the script or a style sheet."""
        answer = make_response((folder("data") / name).read_bytes())
        answer.headers["Content-Type"] = f"{_FILES[name]}; charset=utf-8"
        return _response(answer)

    def nothing(self) -> Response:
        """Answer browsers, which ask for a picture of the site: there is none."""
        return _response(make_response("", 204))

    def report(self, number: int) -> str:
        """Show a report, and ask about a field of it."""
        report = self._decided(number)
        field = request.args.get("at") or first_question(report)
        main = self._main(number, report, field)
        self.desk.prepare_next(number, self._filter)
        return page(self._words, report_page.report_title(report), main, self._to_list())

    def picture(self, number: int, page: int) -> Response:
        """Give a page of a report's PDF as a picture."""
        report = self._decided(number)
        try:
            picture = documents.picture(self.desk.document(number, report), report.source.sha256, page)
        except NoDocument:
            abort(404)
        answer = make_response(picture.png)
        answer.headers["Content-Type"] = "image/png"
        answer.headers["Cache-Control"] = "private, max-age=3600"
        return _response(answer)

    def decide(self, number: int) -> Response:
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
            return sums_view.sums(report, self._words)
        counting = [*self.desk.log.of(report.id).values(), *made]
        with_value = applied(report, decisions(counting).get(report.id, {}))
        return sums_view.tried(report, with_value, self._words)

    def undo(self) -> Response:
        """Take back what was decided last."""
        return self._stepped(self.desk.log.undo(), "undone", "nothing_to_undo")

    def redo(self) -> Response:
        """Decide once more what was taken back."""
        return self._stepped(self.desk.log.redo(), "redone", "nothing_to_redo")

    def drop(self) -> Response:
        """Read a document that was dropped on the list."""
        name = request.args.get("name", "").replace("\\", "/").rpartition("/")[2] or "dropped"
        self.desk.take_in(name, request.get_data(cache=False))
        return _response(make_response("", 204))

    def refused(self, error: HTTPException) -> Response:
        """Answer a request that is refused, in a sentence."""
        names = {404: "not_found", 405: "not_found", 413: "too_large", 403: error.description or ""}
        said = self._words.say(names.get(error.code or 400, "bad_request"))
        return self._told(said, error.code or 400)

    def not_done(self, error: Refused) -> Response:
        """Answer a decision that is none."""
        return self._told(self._words.say(error.code, detail=error.detail), 422)

    def not_written(self, error: Exception) -> Response:
        """Answer a decision that could not be kept."""
        return self._told(self._words.say("failed_write", reason=error), 500)

    @property
    def _words(self) -> Words:
        kept = request.cookies.get("nianbao_language")
        return Words(preferred(None, kept, request.headers.get("Accept-Language", "")))

    @property
    def _filter(self) -> Filter:
        return Filter.of(request.args)

    def _to_list(self) -> Markup:
        return element("a", self._words.say("to_list"), href=f"/{self._filter.query()}", class_="back")

    def _told(self, said: str, status: int) -> Response:
        answer = make_response(said, status)
        answer.headers["Content-Type"] = "text/plain; charset=utf-8"
        return _response(answer)

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

    def _stepped(self, id: str | None, done: str, nothing: str) -> Response:
        """Show the report in which a step was taken back or made again."""
        if id is None:
            return self._told(self._words.say(nothing), 409)
        self.desk.shelf.refresh(id)
        number = next(entry.number for entry in self.desk.shelf.entries if entry.id == id)
        report = self._decided(number)
        asked = request.args.get("at", "")
        field = asked if is_field(asked) else first_question(report)
        return self._main_with(number, report, field, done)

    def _main_with(self, number: int, report: Report, field: str, says: str) -> Response:
        answer = make_response(self._main(number, report, field))
        answer.headers["X-Desk-Says"] = quote(self._words.say(says))
        return _response(answer)

    def _main(self, number: int, report: Report, field: str) -> Markup:
        if not is_field(field):
            abort(404)
        left = sum(entry.left for entry in self.desk.shelf.entries)
        view = "text" if request.args.get("view") == "text" else ""
        address = report_page.address(number, self._filter, field)
        document = self._document(number, report, field, address)
        return report_page.report_main(
            report_page.Shown(number, report, field, document, left, self._filter, self._words, view)
        )

    def _document(self, number: int, report: Report, field: str, address: str) -> Markup:
        """Show the document: the page with a frame where a field stands, or its text with a mark."""
        spot = spot_of(field, report)
        words = self._words
        page = request.args.get("page", spot.page, int) or 0
        try:
            if self.desk.has_pages(report) and request.args.get("view") == "page":
                page = page or 1
            if self.desk.has_pages(report) and request.args.get("view") != "text" and page:
                picture = documents.picture(self.desk.document(number, report), report.source.sha256, page)
                tools = document_view.tools(address, page, picture.pages, words)
                shown = document_view.as_page(picture, page, f"/report/{number}/page/{page}.png", spot, words)
                return joined([tools, shown])
            text = self.desk.text(number, report)
            shown = document_view.as_text(text, in_text(spot, text), words)
            has_pages = self.desk.has_pages(report)
            return joined([document_view.tools(address, None, 0, words) if has_pages else None, shown])
        except NoDocument as reason:
            return document_view.absent(reason, words)


def _next_field(field: str, before: Report, after: Report) -> str:
    """Return what is asked after a decision: what is left behind its field, else the first, else it again."""
    left = questions(after.review, after.corrections)
    asked = questions(before.review, before.corrections)
    if field in asked and field not in left:
        behind = [other for other in asked[asked.index(field) + 1 :] if other in left]
        return (behind or left or [field])[0]
    return field


def _response(answer: Any) -> Response:
    """Return an answer of werkzeug's as flask's, which it is."""
    return answer
