"""The names of files in ZIP archives, which Chinese programs write in GBK."""

from __future__ import annotations

from zipfile import ZipInfo

_IS_UTF8 = 0x800
"""The flag of a name that says that it is in UTF-8."""


def shown_name(member: ZipInfo) -> str:
    """Return the name of a member, with its folders, as people named it.

    Without the flag for UTF-8, zipfile takes every name for one in code page 437.

    >>> shown_name(ZipInfo("年报.docx".encode("gbk").decode("cp437")))
    '年报.docx'
    """
    name = member.orig_filename
    if member.flag_bits & _IS_UTF8 or name.isascii():
        return name
    try:
        stored = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return stored.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
