"""Tries disks that are full or may only be read: small ones in memory, in a mount namespace of their own."""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import subprocess
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from training.trials.place import Place
from training.trials.runs import elsewhere
from training.trials.trying import Tally, kept_names, shares

_NEW_USER, _NEW_MOUNTS = 0x10000000, 0x00020000
"""The flags of unshare(2) for namespaces of users and of mounts."""
_ROOMY = 64 * 1024
"""In KiB: a disk with room."""
_BLOCK = 4096
_FOLDERS, _RECORDS = 10, 40
"""In blocks: what folders and the names of files take, and the records of the documents."""


def full_disk(tries: int, seed: int = 7) -> Tally:
    """Let a disk be full while records are kept or the output is written, then go on with room."""
    return _on_disks("full disk (a small one in memory), then gone on with", tries, seed, _on_full_disk)


def read_only(tries: int, seed: int = 8) -> Tally:
    """Let a disk be one that may only be read, then go on when it may be written."""
    return _on_disks("disk that may only be read, then gone on with", tries, seed, _on_read_only_disk)


def _on_disks(kind: str, tries: int, seed: int, tried: Any) -> Tally:
    tally = Tally(kind)
    if not elsewhere(_can_mount):
        tally.kind = f"{kind}: not tried, this system lets nobody mount"
        return tally
    for output, count in shares(tries):
        told = elsewhere(_in_namespace, tried, output, count, f"{seed}/{output}")
        tally.tries += told["tries"]
        tally.disturbed += told["disturbed"]
        tally.lost += told["lost"]
        tally.doubled += told["doubled"]
        tally.differing += told["differing"]
        tally.touched += told["touched"]
        tally.left += told["left"]
        tally.notes += Counter(told["notes"])
    return tally


def _can_mount() -> bool:
    try:
        with tempfile.TemporaryDirectory() as place:
            _enter_namespace()
            _mount(Path(place), 64)
            _unmount(Path(place))
    except (OSError, AttributeError, subprocess.CalledProcessError):
        return False
    return True


def _in_namespace(tried: Any, output: str, count: int, seed: str) -> dict[str, Any]:
    """Try in a namespace of mounts that ends with this process."""
    _enter_namespace()
    tally = Tally("")
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        source = Place(Path(folder) / "source", output, 10)
        source.run()
        for n in range(count):
            disk = Path(folder) / "disk"
            disk.mkdir()
            tried(tally, source, disk, (n + random.Random(f"{seed}/{n}").random()) / count)
            disk.rmdir()
    return {**asdict(tally), "notes": dict(+tally.notes)}


def _on_full_disk(tally: Tally, source: Place, disk: Path, share: float) -> None:
    target = source.path / source.output
    written = target.rglob("*") if target.is_dir() else [target]
    largest = sum(map(_blocks, written)) + _RECORDS
    place = _moved_to(source, disk)
    used = sum(_blocks(file) for file in disk.rglob("*") if file.is_file()) + _FOLDERS
    _mount_again(disk, f"size={(used + int(share * largest)) * _BLOCK // 1024}k")
    before = place.content()
    run = place.run("--resume")
    tally.tries += 1
    tally.words(run)
    tally.disturbed += run.code == 4
    tally.notes[f"exit {run.code}: {run.said[-200:]}"] += run.code not in (1, 4)
    tally.notes["the output of before is gone"] += run.code == 4 and place.content() != before
    tally.look_around(place, kept_names(place.output))
    _finish(tally, source, place, f"size={_ROOMY}k")


def _on_read_only_disk(tally: Tally, source: Place, disk: Path, share: float) -> None:
    place = _moved_to(source, disk)
    before = place.content()
    _mount_again(disk, "ro")
    run = place.run("--resume")
    tally.tries += 1
    tally.words(run)
    tally.disturbed += run.code == 4
    tally.notes[f"exit {run.code} on a disk that may only be read"] += run.code != 4
    tally.notes["the output of before is gone"] += place.content() != before
    tally.look_around(place)
    _finish(tally, source, place, "rw")


def _finish(tally: Tally, source: Place, place: Place, options: str) -> None:
    """Go on on a disk that has room and may be written, compare, and take the disk away."""
    _mount_again(place.path, options)
    place.run("--resume")
    tally.compare(place.content(), source.expected())
    tally.look_around(place)
    _unmount(place.path)


def _moved_to(source: Place, disk: Path) -> Place:
    """Return the place of an output on a new disk, whose documents and other files are those of another."""
    _mount(disk, _ROOMY)
    for entry in source.path.iterdir():
        if entry.is_dir():
            shutil.copytree(entry, disk / entry.name)
        else:
            shutil.copy(entry, disk)
    with (disk / "in" / "000.txt").open("a", encoding="utf-8") as changed:
        changed.write("另有一行\n")
    (source.path / "in" / "000.txt").write_bytes((disk / "in" / "000.txt").read_bytes())
    place = Place.__new__(Place)
    place.path, place.output, place.documents, place._known = disk, source.output, source.documents, {}
    return place


def _blocks(file: Path) -> int:
    return -(-file.stat().st_size // _BLOCK) + 1


def _enter_namespace() -> None:
    """Give this process, which has one thread, mounts of its own, and the right to make them."""
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER | _NEW_MOUNTS) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"0 {user} 1")
    Path("/proc/self/gid_map").write_text(f"0 {group} 1")


def _mount(place: Path, size: int) -> None:
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", place], check=True, capture_output=True
    )


def _mount_again(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", place], check=True, capture_output=True)


def _unmount(place: Path) -> None:
    subprocess.run(["umount", place], check=True, capture_output=True)
