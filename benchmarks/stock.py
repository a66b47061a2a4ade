"""Loads stock jieba as a user has it, with its cache file in a folder where nobody else can write."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import cast
from warnings import catch_warnings, simplefilter

Cut = Callable[[str], list[str]]


@contextmanager
def cutter() -> Iterator[Cut]:
    """Yield `jieba.lcut`, ready."""
    with catch_warnings():
        simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with TemporaryDirectory() as tokenizer.tmp_dir:
        tokenizer.initialize()
        yield cast("Cut", tokenizer.lcut)


@contextmanager
def private_cache() -> Iterator[dict[str, str]]:
    """Yield the environment in which processes keep jieba's cache in a folder of their own."""
    with TemporaryDirectory() as folder:
        yield {"TMPDIR": folder}
