"""The words by which reports speak of problems, measures and agencies."""
