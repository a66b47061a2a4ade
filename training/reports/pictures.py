"""Makes the pictures in docs/: `python -m training.reports.pictures`, by Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from nlp.auditing.audit import audit
from nlp.auditing.text import Tally, findings_text
from nlp.pipeline import Reader
from nlp.reading.inputs import BytesInput
from nlp.record.model import Report
from nlp.resources import folder, knowledge
from nlp.showing import page
from nlp.showing.record import fragment

_DOCS = folder("data").parent / "docs"
_PAGE, _BEGIN, _END = _DOCS / "check.md", "<!-- check -->\n", "<!-- /check -->\n"
_COLOURS = 64
"""So many are enough for tables and text, and make small files."""
_NOTEBOOK = """<!DOCTYPE html><meta charset="utf-8"><body style="margin: 12px; background: #fff">
<pre style="background: #f5f5f5; border: 1px solid #e0e0e0; padding: 8px 12px; font-size: 14px">{code}</pre>
{shown}</body>"""


def main() -> None:
    """Write the pictures, and what the command says into docs/check.md."""
    if shutil.which("chromium") is None:
        sys.exit("Chromium is not on the path: install it to make the pictures.")
    for name, content in {"check": checked(), "notebook": in_a_notebook()}.items():
        size = _settings()["page" if name == "check" else name]
        _photograph(content, _DOCS / "pictures" / f"{name}.png", size)
    _PAGE.write_text(with_example(_PAGE.read_text(encoding="utf-8")), encoding="utf-8")


@cache
def shown() -> Report:
    """Return the report of the pictures: a sample with a wrong total, a torn row, placeholders."""
    text = (folder("data") / "samples" / _settings()["sample"]).read_text(encoding="utf-8")
    for misprint in _settings()["misprint"]:
        assert misprint["printed"] in text
        text = text.replace(misprint["printed"], misprint["instead"])
    return Reader().read(BytesInput(_settings()["name"], content=text.encode()))


def checked() -> str:
    """Return the page of `nianbao check --format html`."""
    found = audit(shown())
    tally = Tally()
    tally.add(found)
    return page.opening() + page.entry(shown(), found) + page.closing(tally)


def in_a_notebook() -> str:
    """Return a page like a notebook that shows a report."""
    return _NOTEBOOK.format(code=escape(_settings()["code"]), shown=fragment(shown()))


def with_example(text: str) -> str:
    """Return docs/check.md with what the command says now."""
    before, _, rest = text.partition(_BEGIN)
    after = rest.partition(_END)[2]
    example = f"```console\n$ nianbao check {_settings()['name']}\n{findings_text(audit(shown()))}```\n"
    return f"{before}{_BEGIN}{example}{_END}{after}"


@cache
def _settings() -> dict[str, Any]:
    return knowledge("pictures")


def _photograph(content: str, picture: Path, size: list[int]) -> None:
    picture.parent.mkdir(exist_ok=True)
    with TemporaryDirectory() as place:
        page = Path(place, "page.html")
        page.write_text(content, encoding="utf-8")
        order = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        how = [f"--window-size={size[0]},{size[1]}", f"--screenshot={picture}", page.as_uri()]
        subprocess.run([*order, *how], check=True, capture_output=True, timeout=60)
    with Image.open(picture) as taken:
        smaller = taken.convert("RGB").resize((size[0] * 4 // 5, size[1] * 4 // 5), Image.Resampling.LANCZOS)
        smaller.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE).save(picture, optimize=True)


if __name__ == "__main__":
    main()
