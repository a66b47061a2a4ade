"""The tools that read a report back, as data/rendered/tools.toml names them."""

from __future__ import annotations

import shutil
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct, convert

from nlp.resources import folder
from training.rendering.libraries import READINGS
from training.rendering.processes import output

_SECONDS = 60
"""How long a tool may take over a document."""


class Tool(Struct, frozen=True):
    """A tool, the kind of file that it `reads` (pdf, html or docx), and one of three ways to call it.

    It is a `command` (`{file}` is the file), a `function` of training.rendering.libraries, which `needs` some
    packages, or a format of LibreOffice (`office`). Tools that are `kept_out` are never trained on, slow ones
    read one report in `every`, and `instead` is what a tool prints in place of a table that it cannot set.
    """

    name: str
    reads: str
    command: tuple[str, ...] = ()
    function: str = ""
    needs: tuple[str, ...] = ()
    office: str = ""
    kept_out: bool = False
    every: int = 1
    instead: str = ""

    def text(self, file: Path) -> str | None:
        """Return the text of a file, line ends made one; None where the tool fails or takes too long."""
        text = READINGS[self.function](file) if self.function else self._printed(file)
        return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def installed(self) -> bool:
        """Whether the tool, or the library that it is a function of, is on this machine."""
        if self.function:
            return all(find_spec(name) for name in self.needs)
        return shutil.which("soffice" if self.office else self.command[0]) is not None

    def _printed(self, file: Path) -> str | None:
        written = output([part.format(file=file) for part in self.command], _SECONDS)
        return None if written is None else written.decode("utf-8", "replace")


@cache
def tools() -> tuple[Tool, ...]:
    """Return every tool.

    >>> sorted({tool.reads for tool in tools()}), sorted(tool.reads for tool in tools() if tool.kept_out)
    (['docx', 'html', 'pdf'], ['docx', 'html', 'pdf'])
    """
    path = folder("data") / "rendered" / "tools.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["tool"]
    return convert(entries, tuple[Tool, ...])
