"""Readers fed with anything: what is no Unreadable is a fault."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.pipeline import Reader
from nlp.reading import kinds, reader
from nlp.reading.document import Document, Unreadable
from nlp.reading.html.reading import read_saved
from nlp.reading.inputs import Input
from nlp.reading.pdf.reading import read as read_pdf
from nlp.record.model import Source
from tests.commands.test_cli import environment
from tests.hostile.fuzzing import SEEDS
from tests.reading.drawing import Drawing

SIGNATURES = [signature for signature, kind in kinds._SIGNATURES if kind not in (kinds.OLD_WORD, kinds.RTF)]
HEADS = [*SIGNATURES, b"<html>", b"", b"\xff\xfe", b"From: x\nmultipart/related"]
FRAGMENTS = st.sampled_from(
    [*"0\t|\n/", "一、总体情况", "三、收到和处理", "规章", "（一）予以公开", "12", "总计", "自然人", "一是"]
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=200))
def test_any_file_is_read_or_unreadable(
    tmp_path_factory: pytest.TempPathFactory, head: bytes, rest: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any"
    file.write_bytes(head + rest)
    with suppress(Unreadable):
        reader.read(Input(str(file)))


@settings(max_examples=30, deadline=None)
@given(
    st.binary(max_size=80),
    st.sampled_from(["text/html", "text/plain", "image/png"]),
    st.sampled_from(["", "base64", "8bit"]),
)
def test_any_saved_page_is_read_or_unreadable(part: bytes, kind: str, encoding: str) -> None:
    head = f"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: {kind}\n"
    head += f"Content-Transfer-Encoding: {encoding}\n\n"
    with suppress(Unreadable):
        read_saved(head.encode() + part + b"\n--x--\n")


places = st.floats(-100, 900)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(FRAGMENTS.filter(str.strip), places, places), max_size=30),
    st.lists(st.tuples(places, places, places, places), max_size=12),
)
def test_a_page_may_hold_anything_anywhere(
    texts: list[tuple[str, float, float]], lines: list[tuple[float, float, float, float]]
) -> None:
    page = Drawing()
    for text, x, y in texts:
        page.say(text, x, y)
    for line in lines:
        page.rule(*line)
    with suppress(Unreadable):
        read_pdf(page.pdf())


@pytest.fixture(scope="module")
def whole() -> Reader:
    return Reader()


@settings(max_examples=30, deadline=None)
@given(st.lists(FRAGMENTS, max_size=60))
def test_any_text_is_a_report(whole: Reader, fragments: list[str]) -> None:
    text = "".join(fragments)
    source = Source("a.txt", "a.txt", "", kinds.TEXT, "utf-8", 0, text.count("\n") + 1)
    report = whole.report(Document(source, text))
    assert all(text[slice(*cell.span)] == cell.text for _, cell in report.cells() if cell.span)


SECONDS = int(os.environ.get("NIANBAO_FUZZING", "60"))


@pytest.mark.full
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize("name", SEEDS)
def test_a_reader_that_is_fed_for_a_minute_has_no_fault(tmp_path: Path, name: str) -> None:
    order = [sys.executable, "-m", "tests.hostile.fuzzing", name, str(tmp_path)]
    limits = [f"-max_total_time={SECONDS}", "-timeout=30", "-rss_limit_mb=3000"]
    done = subprocess.run([*order, *limits], env=environment(), capture_output=True, check=False)
    said = done.stderr.decode(errors="replace")
    runs = re.search(r"Done (\d+) runs", said)
    print(f"\n{name}: {runs.group(1) if runs else 'ended before its time'} runs")
    assert (done.returncode, bool(runs)) == (0, True), said[-3000:]
