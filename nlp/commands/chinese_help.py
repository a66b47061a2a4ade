"""Sets the help of commands in Chinese, and lines of Chinese at the width of the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import east_asian_width

import click

from nlp.commands.chinese import shortened, translated

_EXTRA = re.compile(r"\s+\[([^\[\]]*)\]")
"""What stands behind a help text in brackets: the default, the range."""
_WORD = re.compile(r"\s+|[\[（“《]*(?:[!-Z\\-~…]+|.)", re.DOTALL)
"""What no line is broken in: a run of ASCII, or a Chinese character, with what opens before it."""
_NOT_FIRST = "，。、；：？！）》”’…"
"""What no line begins with."""


class ChineseFormatter(click.HelpFormatter):
    """Writes what click writes, in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a part."""
        self.write(f"{'':>{self.current_indent}}{translated(heading)}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        paragraphs = [translated(" ".join(paragraph.split())) for paragraph in text.split("\n\n")]
        indent = " " * self.current_indent
        self.write("\n\n".join(_block(paragraph, self.width, indent) for paragraph in paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write what has a name, and what it is."""
        named = list(rows)
        first = min(max(len(name) for name, _ in named), col_max) + col_spacing
        for name, help in named:
            told = _block(explained(help), self.width, " " * (first + self.current_indent))
            begin = f"{'':>{self.current_indent}}{name}"
            if len(name) + col_spacing <= first:
                begin = begin.ljust(first + self.current_indent)
                told = told.lstrip()
            else:
                begin += "\n"
            self.write(f"{begin}{told}\n")


def explained(help: str) -> str:
    """Return the help of an option or a command in Chinese, what stands behind it in brackets as well.

    >>> explained("At most.  [default: 50; x>=1]")
    '最多多少行。  [默认：50；x>=1]'
    """
    words = _EXTRA.sub("", help)
    if not words:
        return help
    said = translated(words)
    if said == words:
        said = shortened(words)
    behind = [_extra(part) for extra in _EXTRA.findall(help) for part in extra.split("; ")]
    return f"{said}  [{'；'.join(behind)}]" if behind else said


def _extra(words: str) -> str:
    """Return a default or a range in Chinese."""
    kind, mark, value = words.partition(": ")
    return f"{translated(kind)}：{translated(value)}" if mark else translated(words)


def _block(text: str, width: int, indent: str) -> str:
    return "\n".join(indent + line for line in lines(text, max(width - len(indent), 20)))


def lines(text: str, width: int) -> list[str]:
    """Return a text in lines of at most `width` columns; a Chinese character takes two.

    >>> lines("读出的记录，每行一条 JSON。", 12)
    ['读出的记录，', '每行一条', 'JSON。']
    """
    done: list[str] = []
    line = ""
    for word in _WORD.findall(text):
        hangs = word in _NOT_FIRST
        if line.strip() and not hangs and _columns(line + word.rstrip()) > width:
            done.append(line.rstrip())
            line = "" if word.isspace() else word
        else:
            line += word
    return [*done, line.rstrip()] if line.strip() else done


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
