"""Prints pages with one Chromium, spoken to over its pipe."""

from __future__ import annotations

import base64
import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

_COMMAND = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--remote-debugging-pipe",
    "about:blank",
)


class ChromiumFailed(Exception):
    """Chromium refused an order, or ended before it answered one."""


class Printer:
    """Prints one page after the other with a running Chromium, four times as fast as with a new one for each.

    `orders` is the descriptor to which messages are written, `answers` where they are read: JSON objects of
    the DevTools protocol, each ended by a zero byte.
    """

    def __init__(self, orders: int, answers: BinaryIO) -> None:
        self._orders = orders
        self._answers = answers
        self._last_id = 0
        self._unread = b""
        self._session = ""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._ask("Page.enable")

    def pdf(self, page: Path) -> bytes:
        """Return a page as a PDF, on the paper that its style sheet asks for."""
        self._ask("Page.navigate", url=page.resolve().as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass
        return base64.b64decode(self._ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send an order, wait for its answer and return the result; events in between are passed over."""
        self._last_id += 1
        order: dict[str, object] = {"id": self._last_id, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._orders, json.dumps(order).encode() + b"\0")
        answer = self._next()
        while answer.get("id") != self._last_id:
            answer = self._next()
        if "error" in answer:
            raise ChromiumFailed(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        """Wait for the next message, an answer or an event, and return it."""
        while b"\0" not in self._unread:
            more = os.read(self._answers.fileno(), 1 << 20)
            if not more:
                raise ChromiumFailed("Chromium is gone")
            self._unread += more
        text, _, self._unread = self._unread.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        return message


@contextmanager
def printer() -> Iterator[Printer]:
    """Start Chromium and end it afterwards; it reads orders on descriptor 3 and writes answers to 4."""
    chromium_input, orders = os.pipe()
    answers, chromium_output = os.pipe()
    command = f"exec {shlex.join(_COMMAND)} 3<&{chromium_input} 4>&{chromium_output}"
    process = subprocess.Popen(
        ["sh", "-c", command],
        pass_fds=(chromium_input, chromium_output),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(chromium_input)
    os.close(chromium_output)
    try:
        with os.fdopen(answers, "rb", buffering=0) as listening:
            yield Printer(orders, listening)
    finally:
        os.close(orders)
        process.terminate()
        process.wait()
