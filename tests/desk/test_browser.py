"""The desk in a real browser: Chromium, driven by keys alone."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("flask", reason="the extra `desk` is not installed")
pytest.importorskip("PIL", reason="the extra `desk` is not installed")

from msgspec import json

from nlp.correcting.decisions import decisions
from nlp.correcting.files import read
from tests.desk.opening import CELL, DOUBTFUL, PDF, RIGHT, records
from tests.desk.running import Running, running
from tests.project import ROOT

playwright = pytest.importorskip("playwright.sync_api", reason="the extra `browser` is not installed")

HOSTILE = "</textarea><script>alert(1)</script><img src=x onerror=alert(2)>\"' onfocus=alert(3) x="
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of three reports, and of one that would like to do things in the browser."""
    file = records(tmp_path_factory.mktemp("records") / "records.jsonl", (RIGHT, DOUBTFUL, PDF))
    record = json.decode(file.read_bytes().splitlines()[0])
    record |= {
        "id": "0123456789abcdef",
        "organization": HOSTILE,
        "problems": [{"text": HOSTILE, "lines": None, "span": None}],
    }
    record["sections"][0]["title"] = HOSTILE
    record["tables"]["requests"]["total"]["total"]["text"] = HOSTILE
    with file.open("ab") as more:
        more.write(json.encode(record) + b"\n")
    return file


@pytest.fixture
def corrections(tmp_path: Path) -> Path:
    return tmp_path / "corrections.jsonl"


@pytest.fixture
def desk(three: Path, corrections: Path) -> Iterator[Running]:
    """A desk at which nothing was decided yet."""
    labels = corrections.parent / "labels"
    with running(three, "--documents", ROOT, "--corrections", corrections, "--labels", labels) as started:
        yield started


@pytest.fixture(scope="module")
def shared_desk(three: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk for tests that decide nothing."""
    corrections = tmp_path_factory.mktemp("desk") / "corrections.jsonl"
    with running(three, "--documents", ROOT, "--corrections", corrections) as started:
        yield started
        assert not corrections.exists()


@pytest.fixture
def page(chromium: Any, desk: Running) -> Iterator[Any]:
    yield from opened(chromium, desk)


@pytest.fixture
def reading(chromium: Any, shared_desk: Running) -> Iterator[Any]:
    """A page at the desk for tests that decide nothing."""
    yield from opened(chromium, shared_desk)


def opened(chromium: Any, desk: Running) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    amiss: list[str] = []
    page.on("pageerror", lambda error: amiss.append(str(error)))
    page.on("dialog", lambda dialog: amiss.append("a dialog"))
    page.goto(desk.address)
    yield page
    context.close()
    assert amiss == []


def asked(page: Any) -> str:
    return str(page.locator("#card").get_attribute("data-field"))


def press(page: Any, *keys: str) -> None:
    """Press keys, and wait for the desk's answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/try" not in answer.url):
        for key in keys:
            page.keyboard.press(key)
    page.wait_for_selector("body:not([aria-busy=true])")


def screenshot(page: Any, name: str) -> None:
    """Keep a picture of the page where NIANBAO_PICTURES names a folder for it."""
    folder = os.environ.get("NIANBAO_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")


def test_ten_cells_are_decided_by_keys_alone_and_are_there_after_a_restart(
    page: Any, desk: Running, three: Path, corrections: Path, chromium: Any
) -> None:
    screenshot(page, "list")
    start = time.monotonic()
    page.keyboard.press("n")
    page.wait_for_url("**/report/1*")
    assert asked(page) == CELL
    screenshot(page, "question")
    press(page, "3", "Enter")
    for key in ("b", "m", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter"):
        before = asked(page)
        press(page, key)
        assert asked(page) != before
    press(page, "4", "2", "Enter")
    seconds = time.monotonic() - start
    assert "本份已无待定" in page.locator("#whose").inner_text()
    print(f"{10 / seconds * 60:.0f} doubtful cells a minute by keys")
    made = list(next(iter(decisions(read(str(corrections)).corrections).values())).values())
    assert [correction.state for correction in made] == [
        "corrected",
        "corrected",
        "missing",
        *["confirmed"] * 6,
        "corrected",
    ]
    assert [made[0].value, made[1].value, made[9].value] == [3, None, 42]
    desk.process.terminate()
    desk.process.wait()
    with running(three, "--documents", ROOT, "--corrections", corrections) as again:
        other = chromium.new_page()
        other.goto(again.address)
        assert "0 份还有 0 处待定" in other.locator(".counts").inner_text()
        other.goto(f"http://{again.host}/report/1?at={CELL}")
        assert other.locator("td.corrected").count() == 4
        other.close()


def test_a_table_is_confirmed_undone_and_confirmed_again(page: Any) -> None:
    page.keyboard.press("n")
    page.wait_for_url("**/report/1*")
    press(page, "t")
    assert page.locator("td.confirmed").count() == 10
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(CONTRAST) == []
    press(page, "u")
    assert page.locator("td.confirmed").count() == 0
    press(page, "Control+y")
    assert page.locator("td.confirmed").count() == 10


def test_an_item_is_split_at_the_cursor_by_keys(page: Any, desk: Running, corrections: Path) -> None:
    page.goto(f"http://{desk.host}/report/0?at=problems.0")
    whole = page.locator("textarea").input_value()
    page.keyboard.press("e")
    page.keyboard.press("Home")
    for _ in range(whole.index("，") + 1):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    press(page, "s")
    assert page.locator("textarea").input_value() == whole.partition("，")[0]
    (made,) = read(str(corrections)).corrections
    assert [item["text"] for item in made.value[:2]] == list(whole.partition("，")[::2])


def test_sums_break_as_one_types(reading: Any, shared_desk: Running) -> None:
    reading.goto(f"http://{shared_desk.host}/report/0?at=tables.requests.total.total")
    reading.keyboard.press("9")
    reading.wait_for_selector("#sums .alarm")
    assert "这样会不平衡：3 处" in reading.locator("#sums").inner_text()
    screenshot(reading, "sums")


def test_arrows_move_in_the_tables_and_the_frame_is_in_sight(reading: Any, shared_desk: Running) -> None:
    reading.goto(f"http://{shared_desk.host}/report/2?at=tables.requests.total.total")
    reading.keyboard.press("ArrowLeft")
    reading.keyboard.press("Enter")
    reading.wait_for_url("**at=tables.requests.total.other_organization")
    reading.wait_for_selector(".frame")
    assert reading.evaluate(
        "(() => { const box = document.querySelector('.frame').getBoundingClientRect();"
        " return box.top > 0 && box.bottom < innerHeight; })()"
    )
    screenshot(reading, "page")


def test_keys_are_listed_and_the_page_fits(reading: Any, shared_desk: Running) -> None:
    reading.goto(f"http://{shared_desk.host}/report/1")
    reading.keyboard.press("?")
    assert reading.locator("dialog").is_visible()
    reading.keyboard.press("Escape")
    assert not reading.locator("dialog").is_visible()
    assert reading.evaluate("document.documentElement.scrollWidth") <= 1366
    assert reading.evaluate("document.documentElement.scrollHeight") <= 768


def test_a_file_that_is_chosen_is_read_and_checked(page: Any) -> None:
    page.set_input_files("#files", str(ROOT / DOUBTFUL))
    page.wait_for_selector("tbody tr:nth-child(5)")


def test_every_field_and_button_has_a_name(reading: Any, shared_desk: Running) -> None:
    """What a screen reader has to say of each control, and a contrast that can be read, light and dark."""
    for path in ("/", "/report/1", "/report/0?at=improvements.0", "/report/0?at=sections.overview"):
        reading.goto(f"http://{shared_desk.host}{path}")
        nameless = reading.evaluate(
            "[...document.querySelectorAll('input, select, textarea, button, a')].filter("
            "e => !(e.labels?.length || e.innerText?.trim() || e.ariaLabel)).map(e => e.outerHTML)"
        )
        assert nameless == []


CONTRAST = """() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const poor = [];
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || !element.checkVisibility()) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(element.outerHTML.slice(0, 120));
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(
    reading: Any, shared_desk: Running, scheme: str
) -> None:
    reading.emulate_media(color_scheme=scheme)
    for path in ("/", "/report/1", "/report/2", "/report/0?at=improvements.0"):
        reading.goto(f"http://{shared_desk.host}{path}")
        assert reading.evaluate(CONTRAST) == []
    reading.goto(f"http://{shared_desk.host}/report/1")
    screenshot(reading, f"question-{scheme}")


def test_a_wrong_token_shows_why(chromium: Any, shared_desk: Running) -> None:
    stranger = chromium.new_page()
    stranger.goto(f"http://{shared_desk.host}/report/1")
    assert "口令不对" in stranger.inner_text("body") or "token" in stranger.inner_text("body")
    stranger.close()


def test_a_hostile_report_does_nothing(reading: Any, shared_desk: Running) -> None:
    """What it ran would open a dialog, or load its picture."""
    asked_for: list[str] = []
    reading.on("request", lambda request: asked_for.append(request.url))
    for at in ("organization", "problems.0", "tables.requests.total.total", "sections.overview"):
        reading.goto(f"http://{shared_desk.host}/report/3?at={at}")
        assert reading.locator("script").count() == 1
        assert reading.locator("#side img").count() == 0
    assert all(url.startswith(f"http://{shared_desk.host}/") for url in asked_for)
    assert not any(url.endswith("/x") for url in asked_for)


def test_lines_are_labelled_by_keys(page: Any, desk: Running, corrections: Path) -> None:
    page.goto(f"http://{desk.host}/report/0")
    page.keyboard.press("g")
    page.wait_for_selector("select[data-label]:focus")
    for key in ("ArrowDown", "ArrowDown", "5"):
        page.keyboard.press(key)
    page.wait_for_selector("#status:not(:empty)")
    rows = (corrections.parent / "labels" / "02-pipes-2019.tsv").read_text(encoding="utf-8").splitlines()
    written = [row.partition("\t")[0] for row in rows if row.partition("\t")[2].strip()]
    assert written[2] == "furniture"
    assert not corrections.exists()
