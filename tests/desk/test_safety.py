"""The desk is for the person who opened it: nobody else gets in, and no report does anything at it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("flask", reason="the extra `desk` is not installed")
pytest.importorskip("PIL", reason="the extra `desk` is not installed")

from msgspec import json

from nlp.desk import safety
from nlp.limits import LARGEST_FILE
from nlp.reading.inputs import Input
from nlp.running.extraction import Extraction
from tests.desk.opening import CELL, HOST, PORT, RIGHT, TOKEN, Opening, opening, records
from tests.project import ROOT

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def desk(tmp_path: Path) -> Opening:
    return opening(tmp_path, [records(tmp_path / "records.jsonl", [RIGHT])])


def test_a_wrong_token_and_none_are_refused(desk: Opening) -> None:
    stranger: Any = desk.client.application.test_client()
    for path in ("/", "/?token=wrong", "/report/0", "/desk.js", "/report/0/page/1.png"):
        assert stranger.get(path, base_url=f"http://{HOST}").status_code == 403
    assert (
        stranger.post("/undo", base_url=f"http://{HOST}", headers={"Origin": f"http://{HOST}"}).status_code
        == 403
    )


def test_the_token_leaves_the_address_and_no_script_can_read_it(desk: Opening) -> None:
    answer = desk.client.application.test_client().get(
        f"/?token={TOKEN.replace(' ', '+')}", base_url=f"http://{HOST}"
    )
    assert (answer.status_code, answer.location) == (303, "/")
    assert {"HttpOnly", "SameSite=Strict"} <= {
        part.strip() for part in answer.headers["Set-Cookie"].split(";")
    }


@pytest.mark.parametrize(
    "host", ["evil.example:8421", "127.0.0.1:9", "127.0.0.1", "127.0.0.1:8421.evil.example", ""]
)
def test_another_host_is_refused(desk: Opening, host: str) -> None:
    answer = desk.client.get("/", base_url=f"http://{HOST}", headers={"Host": host})
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", f"https://{HOST}", "http://127.0.0.1:9"]
)
def test_what_another_page_sends_is_refused(desk: Opening, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    body = {"do": "value", "field": CELL, "value": 1}
    assert desk.post("/report/0/decide", body, headers=headers).status_code == 403
    assert desk.written == []


def test_every_answer_forbids_what_is_not_the_desk_s_own(desk: Opening) -> None:
    for path in ("/", "/report/0", "/nowhere", "/desk.js"):
        headers = desk.get(path).headers
        assert headers["Content-Security-Policy"] == safety.POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in safety.POLICY
    assert "http" not in safety.POLICY


def test_no_page_has_script_or_style_of_its_own(desk: Opening) -> None:
    for path in ("/", "/report/0", "/report/0?at=problems.0", "/report/0?at=year"):
        page = desk.page(path)
        assert [script.get("src") for script in page.xpath("//script")] == ["/desk.js"]
        assert not page.xpath("//style|//@style|//@*[starts-with(name(), 'on')]")


def test_the_text_of_a_hostile_report_is_text(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    file = folder / "<img src=x onerror=alert(3)>.txt"
    content = (ROOT / RIGHT).read_text(encoding="utf-8")
    file.write_text(content.replace("古塔区气象局", f"古塔区气象局{HOSTILE}"), encoding="utf-8")
    record = json.decode(Extraction()(Input(str(file), str(folder))).line)
    record["organization"] = HOSTILE
    record["problems"] = [{"text": HOSTILE, "lines": None, "span": None}]
    record["review"] = [{"code": HOSTILE, "message": HOSTILE}]
    record["sections"][0]["title"] = HOSTILE
    (tmp_path / "hostile.jsonl").write_bytes(json.encode(record) + b"\n")
    desk = opening(tmp_path, [tmp_path / "hostile.jsonl"], [tmp_path])
    for path in (
        "/",
        "/report/0",
        "/report/0?at=organization",
        "/report/0?at=problems.0",
        "/report/0?at=year",
    ):
        page = desk.page(path)
        assert len(page.xpath("//script")) == 1
        assert not page.xpath("//img|//@onerror")
    assert HOSTILE in desk.page("/report/0?at=organization").text_content()


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "in/../../secret.txt", "link.txt"])
def test_a_record_cannot_lead_outside_the_folders(tmp_path: Path, path: str) -> None:
    """Even where it knows what the file holds."""
    secret = tmp_path / "secret.txt"
    secret.write_bytes((ROOT / RIGHT).read_bytes())
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "in").mkdir()
    (folder / "link.txt").symlink_to(secret)
    record = json.decode(Extraction()(Input(str(secret))).line)
    record["source"] |= {"path": path, "name": path}
    (tmp_path / "records.jsonl").write_bytes(json.encode(record) + b"\n")
    desk = opening(tmp_path, [tmp_path / "records.jsonl"], [folder])
    page = desk.page("/report/0")
    assert page.xpath("//*[@class='absent']")
    assert not page.xpath("//*[@class='text']")


def test_another_file_of_the_same_name_is_not_shown(tmp_path: Path) -> None:
    file = records(tmp_path / "records.jsonl", [RIGHT])
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / Path(RIGHT).name).write_text("another", encoding="utf-8")
    desk = opening(tmp_path, [file], [tmp_path / "in"])
    assert "内容与读取时不同" in desk.page("/report/0").text_content()


def test_files_that_are_too_large_are_refused(desk: Opening) -> None:
    answer = desk.post("/drop?name=a.txt", bytes(LARGEST_FILE + 1))
    assert answer.status_code == 413
    assert desk.post("/report/0/decide", b"x" * (2 << 20)).status_code == 413


@pytest.mark.parametrize(
    "path", ["/report/9", "/report/-1", "/report/x", "/data/../pyproject.toml", "/desk.toml"]
)
def test_there_is_nothing_else(desk: Opening, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_the_desk_answers_to_its_own_port_only() -> None:
    assert safety.is_our_host(f"localhost:{PORT}", PORT)
    assert not safety.is_our_host(f"localhost:{PORT}\n", PORT)
    assert not safety.is_our_host(f"127.0.0.1.evil.example:{PORT}", PORT)
