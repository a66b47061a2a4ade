"""Exceptions that say to the user why an engine cannot be used."""

from __future__ import annotations


class BadEngine(ValueError):
    """An engine that does not exist, is not installed, or cannot be combined with the other options."""


class BadCluster(Exception):
    """A cluster that does not answer, or that would give other results than this machine."""
