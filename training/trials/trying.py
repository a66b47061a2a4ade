"""Tries what may disturb a batch, and tells for each kind what was lost, doubled or touched."""

from __future__ import annotations

import os
import random
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from training.trials.contents import Content
from training.trials.place import OUTPUTS, Place
from training.trials.runs import Run, finished, session_is_empty, start, struck


@dataclass
class Tally:
    """What became of the tries of one kind.

    `lost` and `doubled` count documents, `differing` outputs that are not what an undisturbed run gives,
    `touched` files of others, `left` tries behind which something else lay than what a batch goes on with.
    """

    kind: str
    tries: int = 0
    disturbed: int = 0
    lost: int = 0
    doubled: int = 0
    differing: int = 0
    touched: int = 0
    left: int = 0
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> int:
        """How many findings there are."""
        return self.lost + self.doubled + self.differing + self.touched + self.left + self.notes.total()

    def compare(self, found: Content | None, expected: Content) -> None:
        """Count what an output lacks of what is expected, and what it has twice."""
        if found is None:
            self.lost += len(expected["paths"])
            return
        paths = Counter(found["paths"])
        self.lost += len(set(expected["paths"]) - set(paths))
        self.doubled += sum(count - 1 for count in paths.values())
        self.differing += found != expected

    def look_around(self, place: Place, allowed: tuple[str, ...] = ()) -> None:
        """Count what was touched or left beside the output."""
        self.touched += len(place.touched())
        self.left += any(name not in allowed for name in place.left())

    def words(self, run: Run) -> None:
        """Count what no user should see."""
        for mark in ("Traceback", "FAULT", "a fault of nianbao"):
            if mark in run.said:
                self.notes[f"{mark}: {run.said[-300:]}"] += 1


@contextmanager
def placed(output: str, documents: int = 10) -> Iterator[Place]:
    """Yield a place to try in."""
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        yield Place(Path(folder) / "place", output, documents)


def kept_names(output: str) -> tuple[str, ...]:
    """Return the names of the files beside an output that a batch writes before it."""
    if output == "tables":
        return ()
    records = output if ".jsonl" in output else f"{output}.records"
    return (f".{records}.part", f".{output}.part", f".{output}.part.new")


def killed(tries: int, seed: int = 1) -> Tally:
    """Kill batches at any moment, by themselves or with their processes, change documents, and go on."""
    tally = Tally("killed (SIGKILL), then gone on with")
    chance = random.Random(seed)
    for output, count in shares(tries):
        with placed(output) as place:
            longest = seconds_of(place)
            for n in range(count):
                whole_session = chance.random() < 0.5
                moment = longest * (n + chance.random()) / count
                run = struck(place.start("--jobs", "2", "--resume"), signal.SIGKILL, moment, whole_session)
                tally.tries += 1
                tally.disturbed += run.code == -signal.SIGKILL
                tally.notes["processes outlive the batch"] += not session_is_empty(run)
                tally.touched += len(place.touched())
                if chance.random() < 0.3:
                    place.change_documents(chance)
                if chance.random() < 0.4 or n == count - 1:
                    done = place.run("--resume", "--jobs", "2")
                    tally.words(done)
                    tally.notes[f"exit {done.code}"] += done.code != 1
                    tally.compare(place.content(), place.expected())
                    tally.look_around(place)
                if chance.random() < 0.2:
                    place.clear()
    return _without_zeros(tally)


def told_to_end(tries: int, seed: int = 2) -> Tally:
    """End batches by the signals of terminals and services, at any moment, and go on as they say."""
    tally = Tally("told to end (SIGINT, SIGTERM, SIGHUP), then gone on with as it says")
    chance = random.Random(seed)
    for output, count in shares(tries):
        with placed(output) as place:
            longest = seconds_of(place)
            for n in range(count):
                number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[n % 3]
                moment = longest * (n + chance.random()) / count
                run = struck(place.start("--jobs", "2", "--resume"), number, moment, chance.random() < 0.7)
                tally.tries += 1
                tally.words(run)
                tally.notes["processes outlive the batch"] += not session_is_empty(run)
                if run.code == 128 + number:
                    tally.disturbed += 1
                    tally.notes["does not say how to go on"] += "--resume" not in run.said
                elif run.code != 1:
                    tally.notes[f"exit {run.code} after signal {number}: {run.said[-200:]}"] += 1
                tally.look_around(place, kept_names(place.output))
                done = place.run("--resume", "--jobs", "2")
                tally.compare(place.content(), place.expected())
                tally.look_around(place)
                tally.words(done)
                place.clear()
    return _without_zeros(tally)


def twice_at_once(tries: int, seed: int = 3) -> Tally:
    """Start a second batch into the same output while the first writes it."""
    tally = Tally("two batches into one output at once")
    chance = random.Random(seed)
    for output, count in shares(tries):
        with placed(output) as place:
            longest = seconds_of(place)
            expected = place.expected()
            for _ in range(count):
                first = place.start("--jobs", "2")
                struck_at = chance.random() ** 2 * longest
                second = _after(place, first, struck_at)
                finished(first)
                finished(second)
                tally.tries += 1
                codes = sorted((first.code or 0, second.code or 0))
                tally.disturbed += 4 in codes
                tally.notes[f"exits {codes}: {first.said[-150:]} {second.said[-150:]}"] += codes not in (
                    [1, 4],
                    [1, 1],
                )
                for run in (first, second):
                    tally.words(run)
                tally.compare(place.content(), expected)
                tally.look_around(place)
                place.clear()
    return _without_zeros(tally)


def without_room(tries: int, seed: int = 4) -> Tally:
    """Let files grow to so many bytes only, at any size, then go on with room."""
    tally = Tally("no room (RLIMIT_FSIZE at any size), then gone on with")
    chance = random.Random(seed)
    for output, count in shares(tries):
        with placed(output) as place:
            place.run()
            expected = place.expected()
            before = place.content()
            largest = _bytes_of(place)
            for n in range(count):
                room = int(largest * (n + chance.random()) / count)
                run = place.run("--resume", prepare=lambda room=room: _limit_files(room))
                tally.tries += 1
                tally.words(run)
                tally.disturbed += run.code == 4
                tally.notes[f"exit {run.code}: {run.said[-200:]}"] += run.code not in (1, 4)
                tally.notes["the output of before is gone"] += place.content() != before
                tally.look_around(place, kept_names(place.output))
                place.run("--resume")
                tally.compare(place.content(), expected)
                tally.look_around(place)
                if chance.random() < 0.5:
                    for name in kept_names(place.output):
                        (place.path / name).unlink(missing_ok=True)
    return _without_zeros(tally)


def misled(seed: int = 5) -> Tally:
    """Put links, pipes, folders and files of others where the unfinished files of a batch belong."""
    tally = Tally("links, pipes, folders, other names of files in the place of its own files")
    for output in OUTPUTS:
        names = [name for name in kept_names(output) if not name.endswith(".new")]
        for name in names:
            for how in ("link", "link to nothing", "other name", "pipe", "folder"):
                with placed(output, 4) as place:
                    victim = place.path / "notes.txt"
                    _mislead(place.path / name, victim, how)
                    run = place.run()
                    tally.tries += 1
                    tally.disturbed += run.code == 4
                    tally.words(run)
                    tally.notes[f"{how} {name}: exit {run.code}"] += run.code != 4
                    tally.touched += len(place.touched())
                    tally.notes[f"made {place.path / 'nowhere'}"] += (place.path / "nowhere").exists()
        with placed(output, 4) as place:
            expected = place.expected()
            _mislead(place.path / f".{place.output}.part.new", place.path / "notes.txt", "link")
            run = place.run()
            tally.tries += 1
            tally.words(run)
            tally.compare(place.content(), expected)
            tally.touched += len(place.touched())
    return _without_zeros(tally)


def _mislead(path: Path, victim: Path, how: str) -> None:
    if how == "link":
        path.symlink_to(victim)
    elif how == "link to nothing":
        path.symlink_to(victim.with_name("nowhere"))
    elif how == "other name":
        os.link(victim, path)
    elif how == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()


def _after(place: Place, first: Run, seconds: float) -> Run:
    import time

    time.sleep(seconds)
    return start(place.order("--jobs", "2"), place.path)


def _limit_files(size: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _bytes_of(place: Place) -> int:
    """Return how large the largest file is that a batch writes, the records that it keeps included."""
    target = place.path / place.output
    files = list(target.iterdir()) if target.is_dir() else [target]
    return max([120_000, *(file.stat().st_size for file in files)])


def seconds_of(place: Place) -> float:
    """Return how long a batch takes undisturbed; its output is removed again."""
    run = place.run("--jobs", "2")
    assert run.code == 1, run.said
    place.clear()
    return run.seconds * 1.05


def shares(tries: int) -> Iterator[tuple[str, int]]:
    """Yield how many tries fall on each output."""
    for n, output in enumerate(OUTPUTS):
        count = tries // len(OUTPUTS) + (n < tries % len(OUTPUTS))
        if count:
            yield output, count


def _without_zeros(tally: Tally) -> Tally:
    tally.notes = +tally.notes
    return tally
