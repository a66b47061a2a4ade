"""Cuts text into words: Chinese runs by the dictionary of jieba, the rest into a few tokens of our own."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

from nlp.text import cells

Cut = Callable[[str], list[str]]

NEW_LINE = "\n"
NUMBER, MONEY, DATE, MAIL, LATIN, CELL, OTHER = "№￥◷✉α¦□"
DASH, PLUS, PERCENT, DOT = "–＋％．"

_KEPT = "。；;：:，,、()（）“”‘’《》〈〉〔〕【】[]{}<>＜＞!！?？·…/=*~@"
_MAIL = re.compile(
    r"[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64})+|(?:https?://|www\.)[!-~]+"
)
_PATTERNS = (
    (re.compile(r"(?:19|20)\d\d ?(?:年(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?日)?|([-/.])\d{1,2}\1\d{1,2})"), DATE),
    (re.compile(r"\d[\d,.]*"), NUMBER),
    (re.compile(r"[A-Za-z]+"), LATIN),
    (re.compile(r"[ \t|]{2,}"), CELL),
)
_REPLACED = (
    ("\t", CELL),
    ("|", CELL),
    (" ", ""),
    *((NUMBER + unit, MONEY) for unit in cells.MONEY),
    ("-", DASH),
    ("+", PLUS),
    ("%", PERCENT),
    (".", DOT),
)
_SIGNS = NUMBER + MONEY + DATE + MAIL + LATIN + CELL + DASH + PLUS + PERCENT + DOT
_CELLS = re.compile(f"[{NUMBER}{CELL}]{{2,}}")
"""Cells of numbers: how many there are is a question of looks, and fifteen words a row would cost."""
_UNKNOWN = re.compile(f"[^一-龥\n{re.escape(_KEPT + _SIGNS)}]")


def words(text: str) -> list[str]:
    """Return the words of a folded text; a line feed is a word, so that many lines are one call.

    >>> words("行政许可\\t322 件\\n2023年收费 53.6318 万元")
    ['行政许可', '¦', '件', '\\n', '◷', '收费', '￥']
    """
    return cutter()(signs(text))


def signs(text: str) -> str:
    """Return a text whose numbers, dates, cell borders … are one sign each, without single spaces.

    No cutter joins these signs with their neighbours. The two builds of jieba differ in ASCII runs that
    hold one of `+ # & . _ % -` and in characters above U+9FA5: none of these is left here, so that the
    words are the same whichever is installed.

    >>> signs("一、本年新收 21 | 0 | 3,000.5 元")
    '一、本年新收¦￥'
    """
    if "@" in text or "www" in text or "http" in text:
        text = _MAIL.sub(MAIL, text)
    for pattern, sign in _PATTERNS:
        text = pattern.sub(sign, text)
    for old, sign in _REPLACED:
        text = text.replace(old, sign)
    return _UNKNOWN.sub(OTHER, _CELLS.sub(CELL, text))


@cache
def cutter() -> Cut:
    """Return the fast cutter where it is installed, the stock one otherwise; made at the first use."""
    return fast_cutter() if find_spec("rjieba") else stock_cutter()


def fast_cutter() -> Cut:
    """Return the cutter of rjieba, a Rust build of jieba: 25 times as fast, ready in a tenth of a second."""
    import rjieba

    return lambda text: list(rjieba.cut(text, False))


def stock_cutter() -> Cut:
    """Return the cutter of jieba itself, which takes most of a second to be ready.

    Its `initialize` is passed over: that reads `jieba.cache` from the shared temporary folder, where
    any user may plant one, with marshal, and writes log lines to stderr.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
    cutter.initialized = True
    return lambda text: list(cutter.cut(text, HMM=False))
