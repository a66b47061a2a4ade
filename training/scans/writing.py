"""Writes docs/scans.md: how pictures are read, and what was measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from training.scans.cameras import CAMERAS
from training.scans.measuring import Taken
from training.scoring.markdown import rows

_HEAD = """# Scans and photographs

[中文](scans.zh.md)

`pip install 'nianbao[ocr]'` brings what recognises writing: the models of rapidocr (PP-OCR,
Apache-2.0), which lie in its package, run by ONNX Runtime on the processor, in one thread. Nothing is
fetched when it runs. The extra takes MEGABYTES MB where nothing of it is installed yet, most of them
OpenCV and ONNX Runtime. `nianbao extract` uses it where it is installed:

| `--ocr` | which pages are recognised |
|---|---|
| `auto` (the default) | pages of a PDF without text, pages whose fonts tell the wrong characters, pictures |
| `never` | none: `no_text_layer` for documents that have nothing else |
| `always` | every page of a PDF, where what a scanner put behind the picture as its text is worse |

```python
>>> import nianbao
>>> report = nianbao.read("tests/reading/scan/scanned.jpg")  # doctest: +SKIP
>>> report.source.ocr, report.cell("disclosure.licensing.decisions").value  # doctest: +SKIP
('rapidocr 3.10.0, PP-OCRv6_rec_small', 1208)
```

## How a picture is read

1. **Straight.** A page before a darker background is cut out. Long straight lines tell how it lies and
   where it narrows; without any the lines of writing do. It is drawn anew with even light, upright,
   288 dots an inch.
2. **Cells.** Ruled lines make cells, as in a PDF; ink in them is cut into lines. A cell without ink is
   blank; one with ink is never blank unless a placeholder is recognised in it.
3. **Recognition.** Each line of each cell, and each line of prose, is recognised by itself. In cells of
   numbers the characters of numbers alone count, if the model gives them some probability (`among` in
   `data/recognition.toml`). What is not certain is recognised a second time, with other paper around
   it.
4. **Strokes.** The model takes a slash in a blank cell for the digit one, with scores up to 0.995. So the
   slant of the ink has to agree with what was read; where it does not, the cell is in doubt.
5. **Doubt.** A number is in doubt where the two disagree, where its score is below 0.95, where its ink
   is too wide for its digits (one was lost), where nothing was recognised. It is `ambiguous`, with what
   it may be as `candidates`, unless two sums or more can be told over it and all hold for just one of
   these: then that one is told. No number is told that was not recognised there.
6. **Confidence.** That of a cell is multiplied by that of its characters, and so are those of the
   agency and the year. A broken sum is never blamed on the agency alone: a digit may be misread.

The text, its tables and its places then go the way of every other document. Boxes are on the page as
people see it.

## What was measured
"""


def page(reports: Sequence[Taken], megabytes: int) -> str:
    """Return the page of the documentation; `megabytes` is what the extra takes."""
    cells = _counted(reports)
    accepted = [report for report in reports if report.is_accepted]
    of_accepted = _counted(accepted)
    pages = sum(report.pages for report in reports)
    seconds = sum(report.seconds for report in reports)
    wrong = [f"{report.name} {cell}" for report in reports for cell in report.wrong]
    facts = [f"{report.name} {fact}" for report in accepted for fact in report.facts_wrong]
    told = of_accepted["right"] + of_accepted["wrong"]
    sentences = [
        f"{len(reports)} generated reports that LibreOffice and Chromium printed (`training.rendering`), "
        f"{pages} pages, every one of them taken by a scanner or a telephone that `training.scans.cameras` "
        "plays: up to 3° askew, blurred, pale, noisy, JPEG of a quality of 60 to 92; photographs before a "
        "table, each corner up to 5 % of the page off its place, in uneven light. "
        "`python -m training.scans` took and read them and wrote this page.",
        f"Of {sum(cells.values())} cells {cells['right']} were right, {cells['wrong']} wrong, "
        f"{cells['ambiguous']} ambiguous, {cells['missing']} missing and {cells['refused']} in documents "
        f"that gave no record. {len(accepted)} reports were accepted, that is, nothing asked for a person: "
        f"of their {told} cells **{of_accepted['wrong']} were wrong**, and {len(facts)} agencies or years.",
        "Reading was mended where it failed on nine of these reports, so they are not unknown to it; the "
        "pictures are played, not those of a real scanner or telephone.",
        f"Reading took {seconds / pages:.1f} seconds of a processor a page, as shared with others "
        "while this was measured.",
    ]
    counts = [_row(name, of_name) for name, of_name in _by_camera(reports)]
    table = rows([_HEADER, *counts, _row("all", reports)])
    head = _HEAD.replace("MEGABYTES", str(megabytes))
    parts = [head, "\n\n".join(sentences), table, _wrong(wrong), _reasons(reports), _DAMAGE]
    return "\n".join(part.strip("\n") + "\n" for part in parts if part)


_HEADER = (
    "picture",
    "reports",
    "pages",
    "cells",
    "right",
    "wrong",
    "ambiguous",
    "missing",
    "accepted",
    "silently wrong",
)

_DAMAGE = """
## Text that is not what the page shows

A page of a PDF is damaged where its characters are unknown, of other scripts, rare Chinese ones, or
form no words (`data/damage.toml`). Of 266 pages of printed reports none was taken for damaged; each of
the 257 with text enough was told when its characters were shifted by 7 or by 300, exchanged for other
common ones or among themselves, read in another encoding (GBK as Latin-1, UTF-8 as GBK), or moved to
the private use area. Without the extra such a page is put up for review (`text_damaged`); with it, it
is recognised.

## What is not done

Handwriting; tables without ruled lines beyond what the lines of a page tell, stamps over digits (what
is not recognised is ambiguous), pages that are bent like an open book, tables pasted as pictures into
pages with text.
"""


def _by_camera(reports: Sequence[Taken]) -> Iterable[tuple[str, list[Taken]]]:
    for camera in CAMERAS:
        yield camera.name, [report for report in reports if report.camera == camera.name]


def _counted(reports: Iterable[Taken]) -> Counter[str]:
    cells: Counter[str] = Counter()
    for report in reports:
        cells.update(report.cells)
    return cells


def _row(name: str, reports: Sequence[Taken]) -> tuple[str, ...]:
    cells = _counted(reports)
    accepted = [report for report in reports if report.is_accepted]
    counts = (
        len(reports),
        sum(report.pages for report in reports),
        sum(cells.values()),
        cells["right"],
        cells["wrong"],
        cells["ambiguous"],
        cells["missing"] + cells["refused"],
        len(accepted),
        _counted(accepted)["wrong"],
    )
    return (name, *(str(count) for count in counts))


def _wrong(wrong: Sequence[str]) -> str:
    if not wrong:
        return ""
    listed = "\n".join(f"- {cell}" for cell in wrong)
    return f"\nThe cells that were told wrong, with the number of their report:\n\n{listed}"


def _reasons(reports: Sequence[Taken]) -> str:
    codes = Counter(code for report in reports for code in set(report.reasons))
    if not codes:
        return ""
    counted = ", ".join(f"`{code}` {count}" for code, count in codes.most_common())
    return f"\nWhy a person was asked, by reports: {counted}."
