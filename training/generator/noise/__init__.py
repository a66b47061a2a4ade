"""The kinds of noise that strike generated reports, each by its name."""
