"""Makes the net's sample of texts by real tools: `python -m training.net.tool_texts FOLDER`."""

from __future__ import annotations

import json
import logging
import lzma
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from nlp.writers.output import keep
from training.net.documents import TOOL_TEXTS
from training.rendering.rendering import Work, render
from training.rendering.reports import NET, Rendered, reports
from training.rendering.tools import Tool, tools

_EVERY = 5
"""Each tool reads one report in so many."""


def given(tool: Tool, report: Rendered) -> bool:
    """Return whether a tool reads a report: every fifth one, other ones than the tool before it."""
    return (report.number + tools().index(tool)) % _EVERY == 0


def texts(place: Path) -> Iterator[dict[str, object]]:
    """Yield each text with its tool and the gold record that it should be read as."""
    for tool in tools():
        for file in sorted((place / "text" / tool.name).glob("*.txt")):
            text = file.read_text(encoding="utf-8-sig")
            lacks_table = bool(tool.instead) and tool.instead in text
            if not lacks_table:
                gold = json.loads((place / "gold" / f"{file.stem}.json").read_text(encoding="utf-8"))
                yield {"tool": tool.name, "name": file.name, "text": text, "gold": gold}


def main() -> None:
    """Render the reports of the net, have the tools read them, and pack what they read."""
    arguments = ArgumentParser(prog="python -m training.net.tool_texts", description=__doc__)
    arguments.add_argument("folder", type=Path, help="where renderings go; what is there stays")
    asked = arguments.parse_args()
    logging.disable(logging.WARNING)  # pdfminer has one for each letter of some fonts.
    work = Work(asked.folder, lambda words: print(words, file=sys.stderr), labels_wanted=False)
    for _ in render(reports(NET), given, work):
        pass  # without labels it yields nothing, and works while it is run through
    lines = "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts(asked.folder))
    keep(TOOL_TEXTS, lzma.compress(lines.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
