"""Why an engine cannot be used: letters to the user."""

from __future__ import annotations


class BadEngine(ValueError):
    """An engine that there is not, that is not installed, or that cannot do what else is asked for."""


class BadCluster(Exception):
    """A cluster that does not answer, or that would give other results than this machine."""
