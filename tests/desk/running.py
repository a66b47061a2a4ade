"""Runs the desk as a person does, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from msgspec import json

from tests.project import ROOT


class Running(NamedTuple):
    """A desk in a process, and the address that it printed."""

    process: subprocess.Popen[str]
    address: str

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def kill(self) -> None:
        """End it as a power cut does."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Browser:
    """A browser as far as tests without one need it: it has the cookie and says where it comes from."""

    def __init__(self, desk: Running) -> None:
        self.host = desk.host
        self.cookie = ""
        self.cookie = self.get(desk.address.removeprefix(f"http://{desk.host}"))[1]["Set-Cookie"].split(";")[
            0
        ]

    def get(self, path: str) -> tuple[int, Any, str]:
        return self._sent("GET", path, None)

    def decide(self, number: int, do: str, field: str, value: object = None) -> int:
        body = json.encode({"do": do, "field": field, "value": value})
        return self._sent("POST", f"/report/{number}/decide", body)[0]

    def _sent(self, method: str, path: str, body: bytes | None) -> tuple[int, Any, str]:
        connection = HTTPConnection(self.host, timeout=30)
        try:
            connection.request(
                method, path, body, headers={"Cookie": self.cookie, "Origin": f"http://{self.host}"}
            )
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()


@contextmanager
def running(*arguments: object, by: str = "Li") -> Iterator[Running]:
    """Run `nianbao desk`; at the end it is ended if it still runs."""
    command = [sys.executable, "-m", "nlp", "desk", *map(str, arguments), "--no-browser", "--by", by]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        yield Running(process, process.stdout.readline().strip())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
