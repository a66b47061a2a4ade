"""Stands between the browser and the desk: who is let in, what answers carry, how a refusal is told."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, current_app, make_response, redirect, request
from werkzeug.exceptions import HTTPException

from nlp.correcting.files import BadCorrections
from nlp.desk import safety
from nlp.desk.actions import Refused
from nlp.desk.labels import BadLabels
from nlp.desk.words import Words, preferred
from nlp.limits import LARGEST_FILE
from nlp.writers.output import Unwritable

LANGUAGE_COOKIE = "nianbao_language"
LANGUAGE = "NIANBAO_LANGUAGE"
"""What the application keeps the language under that it speaks to who has chosen none."""
DROP = "/drop"
"""The address that takes documents; every other one takes decisions only."""
_LARGEST_DECISION = 1 << 20
"""In bytes: more than any decision needs."""
_NAMES = {404: "not_found", 405: "not_found", 413: "too_large"}


class Door:
    """Lets in who has the token, at a port of this machine."""

    def __init__(self, token: str, port: int) -> None:
        self._token = token
        self._port = port
        self._cookie = f"nianbao_desk_{port}"

    def hang(self, app: Flask) -> None:
        """Have every request to an application and every answer of it pass this door."""
        app.config["MAX_CONTENT_LENGTH"] = LARGEST_FILE
        app.before_request(self._let_in)
        app.after_request(_sealed)
        app.register_error_handler(HTTPException, _refused)
        app.register_error_handler(Refused, _not_done)
        for reason in (BadCorrections, BadLabels, Unwritable, OSError):
            app.register_error_handler(reason, _not_written)

    def _let_in(self) -> Any:
        """Refuse a request that is not the person's own; take the token out of the address into a cookie."""
        if not safety.is_our_host(request.host, self._port):
            abort(403, "refused_host")
        if "token" in request.args:
            if not safety.is_our_token(request.args["token"], self._token):
                abort(403, "refused_token")
            answer = led_to(request.path)
            answer.set_cookie(self._cookie, self._token, httponly=True, samesite="Strict")
            return answer
        if not safety.is_our_token(request.cookies.get(self._cookie, ""), self._token):
            abort(403, "refused_token")
        if request.method != "GET" and not safety.is_from_our_page(request.headers, request.host):
            abort(403, "refused_origin")
        if request.path != DROP:
            request.max_content_length = _LARGEST_DECISION
        return None


def words() -> Words:
    """Return the words in the language of the person who asks."""
    kept = request.cookies.get(LANGUAGE_COOKIE)
    return Words(preferred(kept, current_app.config[LANGUAGE]))


def told(said: str, status: int) -> Response:
    """Return an answer that is a sentence."""
    answer: Any = make_response(said, status)
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    return answer


def led_to(place: str) -> Any:
    """Return an answer that leads to another place of the desk, never of another host."""
    return redirect("/" + place.lstrip("/\\"), 303)


def _sealed(answer: Response) -> Response:
    """Give an answer the headers that keep it from running or loading anything."""
    for name, value in safety.HEADERS.items():
        answer.headers[name] = value
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _refused(error: HTTPException) -> Response:
    """Answer a request that is refused, in a sentence."""
    status = error.code or 400
    name = error.description if status == 403 else _NAMES.get(status, "bad_request")
    return told(words().say(name or "bad_request"), status)


def _not_done(error: Refused) -> Response:
    """Answer a decision that is none."""
    return told(words().say(error.code, detail=error.detail), 422)


def _not_written(error: Exception) -> Response:
    """Answer a decision that could not be kept."""
    return told(words().say("failed_write", reason=error), 500)
