"""Work that does what the text of an input says; workers of a cluster import it by its name."""

from __future__ import annotations

import os
import signal
import time

from nlp.reading.inputs import Input
from nlp.record.model import Failure


class Acting:
    """Returns the text of an input, but for those that say otherwise."""

    def __call__(self, input: Input) -> str:
        text = input.read().decode()
        if text == "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        if text == "crash all":
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(10)
        if text == "slow":
            time.sleep(0.5)
        return f"{input.path}: {text}"

    def lost(self, input: Input, why: Failure) -> str:
        return f"{input.path}: {why.code}"

    def settings(self) -> bytes:
        return b"acting"
