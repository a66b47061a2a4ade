"""Runs the process beside a cluster's worker: it works on chunks, within the limits for each file."""

from __future__ import annotations

import os
import select
import sys
from dataclasses import dataclass

from nlp.reading.inputs import Input
from nlp.record.model import Failure
from nlp.running.batch import results
from nlp.running.cluster.messages import ELSEWHERE, Differs, Order, Settled, receive, send
from nlp.running.cluster.shipped_inputs import Elsewhere

_IDLE = 120.0
"""Seconds after which a process without work ends; the next chunk starts another."""


@dataclass(frozen=True)
class _ReadableHere:
    """Work that gives ELSEWHERE for an input that only the machine that sent it can read."""

    work: Settled

    def __call__(self, input: Input) -> object:
        try:
            return self.work(input)
        except Elsewhere:
            return ELSEWHERE

    def lost(self, input: Input, why: Failure) -> object:
        return self.work.lost(input, why)


def main() -> None:
    """Answer the orders on standard input until it ends, or none has come for some time."""
    orders = os.fdopen(os.dup(0), "rb", 0)
    answers = os.fdopen(os.dup(1), "wb", 0)
    os.dup2(2, 1)  # what a library may print is no answer
    while True:
        ready, _, _ = select.select([orders], [], [], _IDLE)
        order = receive(orders) if ready else None
        if order is None:
            return
        send(answers, _answer(order))


def _answer(order: Order) -> list[object] | Differs:
    if order.work.settings() != order.settings:
        return Differs(order.work.settings())
    return list(results(_ReadableHere(order.work), order.inputs, 1, order.limits))


if __name__ == "__main__":
    try:
        main()
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(1)
