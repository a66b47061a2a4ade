"""Cuts the power of a batch in thought: of each file only what was synced is left, of names what was."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
from pathlib import Path
from typing import Any

from training.trials.runs import struck
from training.trials.trying import Tally, placed, seconds_of, shares

_LOG, _BEFORE = "synced.jsonl", "before"
"""Beside the place: what was synced, in order, and the files that were replaced, by their numbers."""


def cut(tries: int, seed: int = 6) -> Tally:
    """Cut the power at any moment, with renames that were not synced kept or lost, and go on."""
    tally = Tally("power cut (files cut to what was synced), then gone on with")
    chance = random.Random(seed)
    for output, count in shares(tries):
        if output == "tables":  # a folder has several names: each of its files is tried by itself
            continue
        with placed(output) as place:
            longest = seconds_of(place)
            place.run()
            before = place.content()
            place.change_documents(chance)
            for n in range(count):
                moment = longest * (0.3 + 0.8 * (n + chance.random()) / count)
                aside = place.path.with_name("aside")
                shutil.rmtree(aside, ignore_errors=True)
                (aside / _BEFORE).mkdir(parents=True)
                run = place.start("--resume", prepare=lambda aside=aside: _watch(aside))
                struck(run, signal.SIGKILL, moment, True)
                tally.tries += 1
                tally.disturbed += run.code == -signal.SIGKILL
                _darken(place.path, aside, renames_are_kept=chance.random() < 0.5)
                expected = place.expected()
                found = place.content()
                tally.notes["an output under its name is not whole"] += found not in (before, expected)
                place.run("--resume", "--jobs", "2")
                tally.compare(place.content(), expected)
                tally.look_around(place)
                before = place.content()
                place.change_documents(chance)
    tally.notes = +tally.notes
    return tally


def _watch(aside: Path) -> None:
    """Note from now on what this process syncs and renames."""
    log = os.open(aside / _LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    fsync, replace = os.fsync, os.replace

    def note(**facts: object) -> None:
        os.write(log, json.dumps(facts).encode() + b"\n")

    def noting_fsync(descriptor: Any) -> None:
        fsync(descriptor)
        status = os.fstat(descriptor)
        note(what="sync", inode=status.st_ino, size=status.st_size)

    def noting_replace(source: str | Path, target: str | Path) -> None:
        inode = os.lstat(source).st_ino
        if os.path.exists(target):
            os.link(target, aside / _BEFORE / str(inode))
        note(what="rename", inode=inode, source=str(source), target=str(target))
        replace(source, target)

    os.fsync = noting_fsync  # type: ignore[assignment]
    os.replace = noting_replace  # type: ignore[assignment]


def _darken(place: Path, aside: Path, renames_are_kept: bool) -> None:
    """Leave in a folder what a power cut may leave: the noted syncs count, a later rename may or may not."""
    log = aside / _LOG
    events = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    synced: dict[int, int] = {}
    folder = os.stat(place).st_ino
    unsure: list[dict[str, str]] = []
    for event in events:
        if event["what"] == "rename":
            unsure.append(event)
        elif event["inode"] == folder:
            unsure.clear()
        else:
            synced[event["inode"]] = event["size"]
    for file in [path for path in place.iterdir() if path.name.startswith((".out", "out"))]:
        if file.name.endswith((".bak", ".other", ".newer")) or not events:
            continue
        inode = os.lstat(file).st_ino
        if file.name.startswith(".out") or inode in synced:
            os.truncate(file, min(synced.get(inode, 0), file.stat().st_size))
    if renames_are_kept:
        return
    for event in unsure:
        target = Path(event["target"])
        if target.exists():
            os.replace(target, event["source"])
        old = aside / _BEFORE / str(event["inode"])
        if old.exists():
            os.replace(old, target)
