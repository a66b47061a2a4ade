"""Serves a desk on this machine only."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from threading import Thread

from waitress.server import create_server

from nlp.desk.app import application
from nlp.desk.desk import Desk
from nlp.desk.words import Language
from nlp.limits import LARGEST_FILE

_ADDRESS = "127.0.0.1"


class Taken(Exception):
    """A port that cannot be had; the message names it."""


def serve(desk: Desk, port: int, ready: Callable[[str], None], language: Language = "zh") -> None:
    """Serve a desk until the process is interrupted.

    `port` 0 takes any that is free. `ready` is called with the address for the browser, its token included,
    as soon as it answers; what was opened is loaded meanwhile. Raises Taken.
    """
    listening = _listening(port)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(32)
    app = application(desk, token, port, language)
    server = create_server(
        app, sockets=[listening], threads=4, max_request_body_size=LARGEST_FILE + 1, ident=None
    )
    Thread(target=desk.load, daemon=True).start()
    ready(f"http://{_ADDRESS}:{port}/?token={token}")
    try:
        server.run()
    finally:
        server.close()


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((_ADDRESS, port))
    except OSError as error:
        listening.close()
        raise Taken(
            f"port {port} cannot be had ({error.strerror}); another one, or 0 for any that is free."
        ) from error
    return listening
