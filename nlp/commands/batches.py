"""Runs a batch: keeps its records on the disk as they come, and makes the output of them at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.commands import stopping
from nlp.commands.destinations import record_sink
from nlp.commands.exits import Exit, Stop, ending
from nlp.commands.inputs import Listed
from nlp.commands.language import in_language
from nlp.commands.output import opened
from nlp.commands.stopping import how_to_go_on, words
from nlp.commands.telling import Counts, Telling, telling

if TYPE_CHECKING:
    from nlp.reading.inputs import Input
    from nlp.running.extraction import Extracted, Extraction
    from nlp.writers.formats import Choices, Destination
    from nlp.writers.resuming import BatchFile
    from nlp.writers.unfinished import Unfinished

Results = Callable[["Extraction", Sequence["Input"]], "Generator[Extracted]"]


@dataclass(frozen=True)
class Wanted:
    """What a user wants of a batch, and how it is told of."""

    to: Destination
    choices: Choices
    resume: bool = False
    needs_review: bool = False
    max_failures: int | None = None
    progress: str = "auto"


@dataclass
class Batch:
    """Reads listed inputs with some work and writes what is wanted of the records."""

    listed: Listed
    work: Extraction
    results: Results
    wanted: Wanted
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        passed_over = self.listed.passed_over.counts()
        self.counts = Counts(len(self.listed.inputs), passed_over=passed_over)

    def run(self) -> Exit:
        """Read all inputs and write their records."""
        from nlp.writers.output import is_device

        to = self.wanted.to
        if to.goes_to_standard_output or is_device(to.path):
            self._stream()
        else:
            self._write_file()
        return Exit.SOME_FAILED if self.counts.failed else Exit.DONE

    def _stream(self) -> None:
        """Write each record as it comes: nothing can be gone on with."""
        to, choices = self.wanted.to, self.wanted.choices
        with self._told() as told:
            sink = opened(to.path) if to.is_plain_lines else record_sink(to, choices, told.say)
            with sink as file, closing(self._read(range(self.counts.inputs), told)) as records:
                for _, record in records:
                    if self._is_wanted(record.needs_review or record.failure is not None):
                        file.write(record.line)

    def _write_file(self) -> None:
        """Keep the records beside the output as they come, and make the output of them."""
        from nlp.writers.output import Unwritable
        from nlp.writers.output import telling as told_of
        from nlp.writers.staging import reserved, send

        to = self.wanted.to
        written = told_of(to.address or to.path)
        with ending(Unwritable, Exit.UNWRITABLE), written, reserved(to), self._kept() as file:
            numbers = [n for n in range(self.counts.inputs) if n not in file.places]
            with self._told(file.unfinished.part) as told:
                if self.counts.kept:
                    told.say(f"{self.counts.kept} records are there already.")
                with closing(self._read(numbers, told)) as records:
                    for n, record in records:
                        file.add(n, record.line, record.needs_review or record.failure is not None)
                self._make(file, told)
                send(to)

    @contextmanager
    def _kept(self) -> Iterator[BatchFile]:
        """Yield the file that keeps the records until the output is made, and what an earlier run left."""
        from nlp.writers.resuming import BatchFile
        from nlp.writers.unfinished import Unfinished

        to = self.wanted.to
        with _folder_of(to):
            whole = Unfinished(_kept_beside(to))
            done = False
            try:
                file = BatchFile(whole)
                if self.wanted.resume:
                    self._take_up(file)
                else:
                    file.begin()
                yield file
                done = True
            finally:
                whole.close(keep=not done)

    def _take_up(self, file: BatchFile) -> None:
        """Keep what was read before, unless its decoded text, which is asked for, is not there."""
        from nlp.writers.formats import JSON_LINES
        from nlp.writers.staging import fetched

        to, inputs = self.wanted.to, self.listed.inputs
        finished = fetched(to) if to.format is JSON_LINES else None
        file.take_up(inputs, self.work.seal, finished)
        for n in list(file.places):
            text = self.work.texts.get(inputs[n])
            if text is not None and not text.is_file():
                del file.places[n]
        self.counts.kept = self.counts.read = len(file.places)
        self.counts.to_review = sum(place.needs_look for place in file.places.values())

    def _read(self, numbers: Sequence[int], told: Telling) -> Generator[tuple[int, Extracted]]:
        """Yield the record of each input of some numbers; it is counted and told when it is written."""
        from nlp.running.cluster.refusals import BadCluster

        inputs = [self.listed.inputs[n] for n in numbers]
        with ending(BadCluster, Exit.REFUSED), closing(self.results(self.work, inputs)) as records:
            for n, record in zip(numbers, records, strict=True):
                yield n, record
                self._count(record)
                if record.failure:
                    origin = self.listed.origins.get(self.listed.inputs[n].path, "")
                    told.fail(record.path, record.failure, origin)
                told.step()
                self._end_after_failures()

    def _count(self, record: Extracted) -> None:
        if record.failure:
            self.counts.failed[record.failure.code] += 1
            return
        self.counts.read += 1
        self.counts.to_review += record.needs_review

    def _end_after_failures(self) -> None:
        most, failed = self.wanted.max_failures, self.counts.failed.total()
        if most is not None and failed > most:
            raise Stop(f"{failed} files failed, and --max-failures admits {most}.", Exit.SOME_FAILED)

    def _is_wanted(self, needs_look: bool) -> bool:
        return needs_look or not self.wanted.needs_review

    def _make(self, file: BatchFile, told: Telling) -> None:
        """Make the output of the records that are kept, in the order of the inputs."""
        to, whole = self.wanted.to, file.unfinished
        if to.is_plain_lines and not self.wanted.needs_review and file.is_in_order():
            whole.publish(part=True)
            return
        lines = file.lines(only_to_look_at=self.wanted.needs_review)
        if whole.target == Path(os.path.realpath(to.path)):
            _write_lines(whole, to.zipped, lines)
            return
        with record_sink(to, self.wanted.choices, told.say) as sink:
            for line in lines:
                sink.write(line)

    @contextmanager
    def _told(self, part: Path | None = None) -> Iterator[Telling]:
        """Yield what tells of the batch, at last how it ended, and how to go on where it is not done.

        `part` is the file in which the records are kept.
        """
        passed = self.listed.passed_over.sentence(in_language)
        ended: BaseException | None = None
        with telling(self.wanted.progress, self.counts, self.wanted.to.path) as told:
            try:
                yield told
            except BaseException as reason:
                ended = reason
        if ended is None:
            told.end("done", passed)
            return
        if not isinstance(ended, BrokenPipeError):  # of standard output: nobody wants to know
            self._tell_how_to_go_on(told, ended, part)
        if isinstance(ended, KeyboardInterrupt):
            ended = stopping.of(ended)
            ended.told = True
        raise ended

    def _tell_how_to_go_on(self, told: Telling, ended: BaseException, part: Path | None) -> None:
        how = "failed"
        if isinstance(ended, KeyboardInterrupt):
            how = "stopped"
        is_kept = part is not None and self.counts.done > 0 and part.exists()
        if told.way == "json":
            told.end(how, "", how_to_go_on() if is_kept else "")
            return
        before = "Stopped. " if how == "stopped" else ""
        done = f"{self.counts.done:,} of {self.counts.inputs:,} files are done"
        if is_kept:
            told.say(f"{before}{done}, and their records are kept. Go on with:\n  {how_to_go_on()}")
        elif part is None and isinstance(ended, KeyboardInterrupt):
            told.say(f"{before}{done}. Standard output cannot be gone on with; -o FILE can (--resume).")
        elif before:
            told.say(words())


def _write_lines(whole: Unfinished, zip: bool, lines: Iterator[bytes]) -> None:
    """Write a file of JSON Lines that is reserved already."""
    from nlp.writers.table_files import zipped

    with whole.opened() as file, zipped(file, zip) as plain:
        for line in lines:
            plain.write(line)
    whole.publish()


def _kept_beside(to: Destination) -> str:
    """Return the path beside which the records of a batch are kept: the output's own if it holds records."""
    from nlp.writers.formats import JSON_LINES

    if to.format is JSON_LINES:
        return to.path
    name = f"records-{to.part}" if to.part else "records"
    return os.path.join(to.path, name) if to.is_folder else f"{os.path.realpath(to.path)}.records"


@contextmanager
def _folder_of(to: Destination) -> Iterator[None]:
    """Make the folder of an output that is one; it is removed again if it stays empty."""
    made = to.is_folder and not os.path.isdir(to.path)
    if made:
        os.makedirs(to.path)
    try:
        yield
    finally:
        if made:
            with suppress(OSError):
                os.rmdir(to.path)
