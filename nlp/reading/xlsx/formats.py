"""Shows the values of cells as a spreadsheet does, by their number formats."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

GENERAL = "General"
BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"},
    **{
        14: "yyyy/m/d",
        15: "d-mmm-yy",
        16: "d-mmm",
        17: "mmm-yy",
        18: "h:mm AM/PM",
        20: "h:mm",
        21: "h:mm:ss",
    },
    **{22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00"},
    **{
        40: "#,##0.00;-#,##0.00",
        41: '#,##0;-#,##0;"-"',
        42: '#,##0;-#,##0;"-"',
        43: '#,##0.00;-#,##0.00;"-"',
    },
    **{44: '#,##0.00;-#,##0.00;"-"', 45: "mm:ss", 49: "@"},
    **{27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"'},
    **{
        32: 'h"时"mm"分"',
        33: 'h"时"mm"分"ss"秒"',
        36: 'yyyy"年"m"月"',
        57: 'yyyy"年"m"月"',
        58: 'm"月"d"日"',
    },
}
"""The formats that files name by a number: those of every language, and the Chinese dates."""
_PIECE = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | !(?P<escaped_too>.) | _(?P<padding>.) | \*(?P<filling>.)
    | \[(?P<bracket>[^\]]*)\] | (?P<am>AM/PM|上午/下午) | (?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|e+)
    | (?P<digits>[0#?][0#?,.]*|\.[0#?]+) | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SECTION = re.compile(r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]|(?P<end>;)|.', re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SIGNIFICANT = 11
"""In digits: a number without a format is shown with no more."""
_FIRST_DAY, _FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LARGEST_POWER = 320
"""Spreadsheets hold no number beyond 10 to this power, none nearer to 0 than 10 to its negative."""
_LONGEST_FORMAT = 255
"""In characters: no spreadsheet takes a longer format."""
_MOST_DAYS = 2_958_465
"""The number of the last day of the year 9999."""


def shown(value: str, format: str, from_1904: bool = False) -> str:
    """Return what a cell with a number shows; "" for a format that shows nothing.

    A format that is not known here shows the number itself. `from_1904` says from when days are counted.

    >>> shown("0.256", "0.0%"), shown("12345.5", "#,##0"), shown("0", '#,##0;-#,##0;"-"'), shown("0", "0;;")
    ('25.6%', '12,346', '-', '')
    >>> shown("45292", 'yyyy"年"m"月"d"日"'), shown("3.0", "General"), shown("0.1", "[DBNum1]# ?/?")
    ('2024年1月1日', '3', '0.1')
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_POWER or len(value) > _LARGEST_POWER:
        return value
    with localcontext(prec=2 * _LARGEST_POWER + _LONGEST_FORMAT):
        return _shown(number, format, from_1904)


def _shown(number: Decimal, format: str, from_1904: bool) -> str:
    """Return what a cell with a number of a size that spreadsheets have shows."""
    sections = _sections(format[:_LONGEST_FORMAT])
    section, is_signed = _section(sections, number)
    if section.strip().lower() in ("general", "@") or _is_unknown(section):
        return _general(number)
    pieces = [(kind, match.group(kind)) for match in _PIECE.finditer(section) if (kind := match.lastgroup)]
    if any(kind in ("date", "am") for kind, _ in pieces):
        return _date(number, pieces, from_1904)
    written = _number(abs(number), pieces)
    is_negative = is_signed and number < 0 and re.search("[1-9]", written) is not None
    return f"-{written}" if is_negative else written


def _sections(format: str) -> list[str]:
    sections, start = [], 0
    for match in _SECTION.finditer(format):
        if match.group("end"):
            sections.append(format[start : match.start()])
            start = match.end()
    return [*sections, format[start:]]


def _section(sections: list[str], number: Decimal) -> tuple[str, bool]:
    """Return the part of a format for a number, and whether a minus is put before it."""
    if len(sections) > 2 and number == 0:
        return sections[2], False
    if len(sections) > 1 and number < 0:
        return sections[1], False
    return sections[0], True


def _is_unknown(section: str) -> bool:
    """Return whether a format has what is not told here: fractions, powers, times that passed, conditions."""
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.', "", section)
    has_condition = re.search(r"\[[<>=]", bare) is not None
    return (
        has_condition
        or "/?" in bare
        or re.search("[eE][+-]", bare) is not None
        or _ELAPSED.search(bare) is not None
        or "!" in bare
    )


def _general(number: Decimal) -> str:
    """Return a number without a format.

    >>> _general(Decimal("0.30000000000000004")), _general(Decimal("1E+3"))
    ('0.3', '1000')
    """
    if number == number.to_integral_value() and abs(number) < 10**15:
        return str(int(number))
    return f"{number:.{_SIGNIFICANT}g}" if abs(number) >= 10**15 else _plain(number)


def _plain(number: Decimal) -> str:
    digits = f"{float(number):.{_SIGNIFICANT}g}"
    return digits if "e" not in digits else f"{number:f}"


def _number(number: Decimal, pieces: list[tuple[str, str]]) -> str:
    pattern = "".join(text for kind, text in pieces if kind == "digits")
    number = number.scaleb(2 * sum(text == "%" for kind, text in pieces if kind == "other"))
    digits = _digits(number, pattern)
    written = []
    is_written = False
    for kind, text in pieces:
        if kind == "digits" and not is_written:
            written.append(digits)
            is_written = True
        elif kind in ("quoted", "escaped", "escaped_too", "other"):
            written.append(text)
    return "".join(written).strip()


def _digits(number: Decimal, pattern: str) -> str:
    """Return the digits of a number in a pattern such as `#,##0.00`.

    >>> _digits(Decimal("1234.565"), "#,##0.00"), _digits(Decimal(0), "#"), _digits(Decimal(5), "000")
    ('1,234.57', '', '005')

    Commas at the end of the whole part, or behind all, stand for thousands.

    >>> _digits(Decimal(12345678), "#,##0,.0"), _digits(Decimal(1234567), "0.0,,"), _digits(Decimal(25), "0,")
    ('12,345.7', '1.2', '0')
    """
    whole_with_commas, _, decimals_with_commas = pattern.partition(".")
    whole_pattern, decimals = whole_with_commas.rstrip(","), decimals_with_commas.rstrip(",")
    number = number.scaleb(
        -3 * (len(whole_with_commas + decimals_with_commas) - len(whole_pattern + decimals))
    )
    number = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    whole, _, fraction = f"{number:f}".partition(".")
    least = whole_pattern.count("0")
    whole = whole.lstrip("0").rjust(least, "0")
    if "," in whole_pattern:
        whole = f"{int(whole):,}" if whole else ""
    kept = decimals.rfind("0") + 1
    fraction = fraction[:kept] + fraction[kept:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _date(number: Decimal, pieces: list[tuple[str, str]], from_1904: bool) -> str:
    """Return a number of days as a date and time."""
    if not 0 <= number <= _MOST_DAYS:
        return _general(number)
    seconds = round(float(number % 1) * 86_400)
    moment = (_FIRST_DAY_1904 if from_1904 else _FIRST_DAY) + timedelta(int(number), seconds)
    is_halved = any(kind == "am" for kind, _ in pieces)
    written = []
    kinds = [text[0].lower() if kind == "date" else "" for kind, text in pieces]
    for n, (kind, text) in enumerate(pieces):
        if kind == "date":
            is_minute = text[0] in "mM" and _is_minute(kinds, n)
            written.append(_part(moment, text.lower(), is_minute, is_halved))
        elif kind == "am":
            written.append(text.split("/")[moment.hour >= 12])
        elif kind in ("quoted", "escaped", "escaped_too", "other"):
            written.append(text)
    return "".join(written).strip()


def _is_minute(kinds: list[str], n: int) -> bool:
    """Return whether an `m` is a minute: behind an hour, or before seconds."""
    before = [kind for kind in kinds[:n] if kind]
    after = [kind for kind in kinds[n + 1 :] if kind]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _part(moment: datetime, code: str, is_minute: bool, is_halved: bool) -> str:
    if code[0] in "ye":
        return str(moment.year) if len(code) > 2 or code[0] == "e" else f"{moment.year % 100:02}"
    hour = (moment.hour % 12 or 12) if is_halved else moment.hour
    value = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[code[0]]
    if is_minute:
        value = moment.minute
    elif code[0] == "m" and len(code) > 2:
        return moment.strftime("%b")
    return f"{value:02}" if len(code) == 2 else str(value)
