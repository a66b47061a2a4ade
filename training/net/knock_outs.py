"""Prints what is read otherwise without each step of table reading: `python -m training.net.knock_outs`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from nlp.reading.inputs import Input
from nlp.record.model import Failure
from nlp.running.batch import results
from nlp.running.extraction import loaded
from training.net.answers import Answer, Answering, answers
from training.net.cases import Case, cases, misread
from training.net.comparing import Change, changes
from training.net.documents import SOURCES, NetDocument, documents
from training.net.switches import Step, switched_off, watched
from training.net.table_steps import STEPS


@dataclass(frozen=True)
class KnockOut:
    """A step, the documents of the net that are read otherwise without it, the cases that are misread."""

    step: Step
    changes: tuple[Change, ...]
    cases: tuple[str, ...]

    def __str__(self) -> str:
        lost = sum(change.gain < 0 for change in self.changes)
        gained = sum(change.gain > 0 for change in self.changes)
        wrong = sum(_wrong(change.after) - _wrong(change.before) for change in self.changes)
        return (
            f"{self.step.name}: {len(self.changes)} documents changed, {lost} worse, {gained} better, "
            f"{wrong:+} wrong cells; {len(self.cases)} cases"
        )


def knocked_out(
    steps: Sequence[Step], net: Iterable[NetDocument], pages: Iterable[Case], jobs: int = 1
) -> Iterator[KnockOut]:
    """Yield for each step what is read otherwise without it.

    Only documents and cases on which the step does anything at all are read again.
    """
    by_key = {document.key: document for document in net}
    before, steps_of = _watched_documents(steps, by_key, jobs)
    cases_of = _watched_cases(steps, pages)
    for step in steps:
        touched = [by_key[key] for key, names in steps_of.items() if step.name in names]
        with switched_off(step):
            after = answers(touched, jobs)
            misread_cases = tuple(case["name"] for case in cases_of[step.name] if misread(case))
        yield KnockOut(step, tuple(changes(before, after)), misread_cases)


@dataclass(frozen=True)
class _Watching:
    """The work of reading a document and telling which steps did anything."""

    answering: Answering
    differences: dict[str, list[bool]]

    def __call__(self, input: Input) -> tuple[Answer, list[str]]:
        for seen in self.differences.values():
            seen.clear()
        answer = self.answering(input)
        return answer, [name for name, seen in self.differences.items() if seen]

    def lost(self, input: Input, why: Failure) -> tuple[Answer, list[str]]:
        """Return the answer of a document that could not be read, by which no step is judged."""
        return self.answering.lost(input, why), []


def _watched_documents(
    steps: Sequence[Step], net: dict[str, NetDocument], jobs: int
) -> tuple[dict[str, Answer], dict[str, list[str]]]:
    """Return what each document is read as, and the names of the steps that did anything, by its key."""
    loaded(None)  # the processes share what is loaded before they are forked
    with ExitStack() as stack:
        differences = {step.name: stack.enter_context(watched(step)) for step in steps}
        work = _Watching(Answering(net), differences)
        pairs = list(results(work, [Input(key) for key in net], jobs))
    before = {key: answer for key, (answer, _) in zip(net, pairs, strict=True)}
    return before, {key: names for key, (_, names) in zip(net, pairs, strict=True)}


def _watched_cases(steps: Sequence[Step], pages: Iterable[Case]) -> dict[str, list[Case]]:
    """Return the cases on which each step does anything, by the step's name."""
    touched: dict[str, list[Case]] = {step.name: [] for step in steps}
    with ExitStack() as stack:
        differences = {step.name: stack.enter_context(watched(step)) for step in steps}
        for case in pages:
            for seen in differences.values():
                seen.clear()
            misread(case)
            for name, seen in differences.items():
                if seen:
                    touched[name].append(case)
    return touched


def _wrong(answer: Answer) -> int:
    return answer.cells.get("wrong", 0)


def main() -> None:
    """Print what each step is needed for."""
    arguments = ArgumentParser(prog="python -m training.net.knock_outs", description=__doc__)
    arguments.add_argument("sources", nargs="*", choices=[*SOURCES, []], help="those of some sources only")
    arguments.add_argument("--step", action="append", default=[], help="the names of some steps begin so")
    arguments.add_argument("--long", action="store_true", help="name every document and case as well")
    arguments.add_argument("--jobs", type=int, default=2)
    asked = arguments.parse_args()
    steps = [step for step in STEPS if not asked.step or step.name.startswith(tuple(asked.step))]
    net = documents(tuple(asked.sources) or tuple(SOURCES))
    for knock_out in knocked_out(steps, net, cases(), asked.jobs):
        print(knock_out)
        if asked.long:
            for line in (*map(str, knock_out.changes), *knock_out.cases):
                print(f"    {line}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
