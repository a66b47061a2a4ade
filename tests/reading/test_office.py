"""Documents of old word processors, through LibreOffice where it is installed."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from nlp.limits import Limits
from nlp.reading import office, reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input
from nlp.running.batch import results
from nlp.running.extraction import Extracted, Extraction

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
installed = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCUMENT = OLD + bytes(600) + "WordDocument".encode("utf-16-le")
TITLE = "青禾县水务局2021年政府信息公开工作年度报告"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
ROWS = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "0", "0", "3"]]


def full(*values: str) -> Any:
    """Return parameters that only the full run takes: LibreOffice takes seconds each time."""
    return pytest.param(*values, marks=pytest.mark.full)


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what has LibreOffice save a generated Word document in another kind."""
    folder = tmp_path_factory.mktemp("word")
    cells = ("".join(f"<table:table-cell>{said(text)}</table:table-cell>" for text in row) for row in ROWS)
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    table = f'<table:table><table:table-column table:number-columns-repeated="4"/>{rows}</table:table>'
    write_odt(folder / "a.odt", said(TITLE) + table + said("一、总体情况"))

    def saved(kind: str) -> Path:
        order = [PROGRAM or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        order += ["--convert-to", kind, "--outdir", str(folder), str(folder / "a.odt")]
        if kind != "odt":
            subprocess.run(order, check=True, capture_output=True, timeout=60)
        return folder / f"a.{kind.partition(':')[0]}"

    return saved


@installed
@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "name", "media_type"),
    [
        ("doc:MS Word 97", "a.doc", "application/msword"),
        full("doc:MS Word 97", "a.wps", "application/msword"),
        full("rtf", "a.rtf", "application/rtf"),
        full("odt", "a.odt", "application/vnd.oasis.opendocument.text"),
    ],
)
def test_an_old_document_is_read_as_its_word_document_is(
    word: Callable[[str], Path], tmp_path: Path, kind: str, name: str, media_type: str
) -> None:
    shutil.copy(word(kind), tmp_path / name)
    document = reader.read(Input(str(tmp_path / name)))
    assert document.source.media_type == media_type
    assert document.text.split("\n") == [TITLE, *("\t".join(row) for row in ROWS), "一、总体情况"]


@installed
@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("xls", "application/vnd.ms-excel"), full("ods", "application/vnd.oasis.opendocument.spreadsheet")],
)
def test_an_old_workbook_is_read_as_its_new_one_is(tmp_path: Path, kind: str, media_type: str) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("表一")
        for n, row in enumerate(ROWS):
            sheet.write_row(n, 0, [int(cell) if cell.isdecimal() else cell for cell in row])
    (tmp_path / "a.xlsx").write_bytes(content.getvalue())
    order = [PROGRAM or "", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    order += ["--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")]
    subprocess.run(order, check=True, capture_output=True, timeout=60)
    document = reader.read(Input(str(tmp_path / f"a.{kind}")))
    assert document.source.media_type == media_type
    assert document.text == reader.read(Input(str(tmp_path / "a.xlsx"))).text
    assert document.text.split("\n") == ["\t".join(row) for row in ROWS]


def test_without_libreoffice_the_record_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_installed_program", lambda: None)
    with pytest.raises(Unreadable, match="install it") as refusal:
        office.converted(DOCUMENT)
    assert refusal.value.code == "needs_libreoffice"


def test_what_no_word_processor_wrote_is_not_converted() -> None:
    with pytest.raises(Unreadable) as refusal:
        office.converted(OLD + "Workbook".encode("utf-16-le"))
    assert refusal.value.code == "unsupported"


# --- limits, with a program in the place of LibreOffice that hangs


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that starts another one and hangs; the file holds the number of the latter."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "soffice"
    program.write_text(f'#!/bin/sh\nsleep 300 &\necho "$!" > "{tmp_path}/child"\nwait\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "a.doc").write_bytes(DOCUMENT)
    return tmp_path / "child"


def gone(child: Path) -> bool:
    """Wait until a program has ended."""
    for _ in range(100):
        found = subprocess.run(["ps", "-o", "stat=", "-p", child.read_text().strip()], capture_output=True)
        if found.stdout.strip().startswith(b"Z") or not found.stdout.strip():
            return True
        time.sleep(0.05)
    return False


def told(path: Path, limits: Limits) -> Extracted:
    (result,) = results(Extraction(), [Input(str(path))], 1, limits)
    return result


def places() -> set[str]:
    return set(Path(os.environ.get("TMPDIR", "/tmp")).glob("nianbao-*"))  # type: ignore[arg-type]


@pytest.mark.skipif(os.name != "posix", reason="the program is a shell script")
def test_a_program_that_hangs_ends_with_what_it_started(
    hanging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_SECONDS", 0.5)
    with pytest.raises(Unreadable) as refusal:
        office.converted(DOCUMENT)
    assert refusal.value.code == "too_slow"
    assert gone(hanging)


@pytest.mark.skipif(os.name != "posix", reason="the program is a shell script")
def test_a_program_ends_with_the_process_that_asked_for_it(hanging: Path) -> None:
    before = places()
    record = json.loads(told(hanging.parent / "a.doc", Limits(seconds=1.0)).line)
    assert record["error"]["code"] == "too_slow"
    assert gone(hanging)
    assert places() <= before


# --- no network


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/picture.png", paths
    server.shutdown()
    server.server_close()


def write_odt(path: Path, body: str) -> None:
    """Write a text document with a body."""
    kind = "application/vnd.oasis.opendocument.text"
    entry = "<manifest:file-entry manifest:full-path='{}' manifest:media-type='{}'/>"
    entries = entry.format("/", kind) + entry.format("content.xml", "text/xml")
    names = [f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "text", "table")]
    names += [f'xmlns:draw="{OASIS}:drawing:1.0"', f'xmlns:svg="{OASIS}:svg-compatible:1.0"']
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {' '.join(names)} {XLINK}>{text}</office:document-content>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        manifest = f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0">{entries}</manifest:manifest>'
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)


def said(text: str) -> str:
    return f"<text:p>{text}</text:p>"


@installed
@pytest.mark.slow
def test_nothing_is_fetched(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    """A profile as LibreOffice makes it fetches both, the picture and the section."""
    address, paths = asked
    link = f'xlink:href="{address}" xlink:type="simple"'
    frame = '<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">'
    picture = f"{frame}<draw:image {link} xlink:actuate='onLoad'/></draw:frame>"
    section = f'<text:section text:name="s"><text:section-source {link}/>{said("x")}</text:section>'
    write_odt(tmp_path / "a.odt", said(TITLE + picture) + section)
    assert TITLE in reader.read(Input(str(tmp_path / "a.odt"))).text
    assert paths == []
