"""`nianbao desk`: what it opens, and what it refuses to."""

from __future__ import annotations

import shutil
import socket
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("flask", reason="the extra `desk` is not installed")
pytest.importorskip("PIL", reason="the extra `desk` is not installed")

from nlp.commands.cli import commands
from tests.desk.running import Browser, running
from tests.project import ROOT

SAMPLES = ROOT / "data" / "samples"


def listed(browser: Browser) -> str:
    """Return the list once everything is loaded."""
    for _ in range(300):
        page = browser.get("/")[2]
        if 'data-loading="yes"' not in page:
            return page
        time.sleep(0.2)
    raise AssertionError("it never ends loading")


def test_a_folder_of_documents_is_read_and_nothing_but_corrections_written(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "in")
    before = sorted(tmp_path.rglob("*"))
    with running(tmp_path / "in", "--corrections", tmp_path / "corrections.jsonl") as desk:
        browser = Browser(desk)
        assert "共 8 份" in listed(browser)
        assert "<mark>" in browser.get("/report/7")[2]
        assert browser.decide(7, "confirm", "year") == 200
        shutil.copy(SAMPLES / "01-tabs-2025.txt", tmp_path / "in" / "02-pipes-2019.txt")
        assert "内容与读取时不同" in browser.get("/report/1")[2]
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "corrections.jsonl"])


def test_it_listens_on_this_machine_only(tmp_path: Path) -> None:
    with running("--corrections", tmp_path / "corrections.jsonl") as desk:
        host, _, port = desk.host.partition(":")
        assert host == "127.0.0.1"
        with (
            pytest.raises(ConnectionRefusedError),
            socket.create_connection(("127.0.0.2", int(port)), timeout=2),
        ):
            pass


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere.jsonl"], 2, "There is no nowhere.jsonl"),
        (["--corrections", "no/such/folder.jsonl"], 4, "make it first"),
        (["--corrections", str(SAMPLES / "02-pipes-2019.txt")], 3, "this is no correction"),
    ],
)
def test_what_it_cannot_open_is_told(arguments: list[str], code: int, words: str) -> None:
    done = CliRunner().invoke(commands, ["desk", "--no-browser", *arguments], standalone_mode=False)
    ended = getattr(done.exception, "exit", getattr(done.exception, "exit_code", None))
    assert ended == code
    assert words in str(done.exception)


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        arguments = ["desk", "--no-browser", "--port", port, "--corrections", str(tmp_path / "c.jsonl")]
        done = CliRunner().invoke(commands, arguments, standalone_mode=False)
    assert f"port {port} cannot be had" in str(done.exception)
