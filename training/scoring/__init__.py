"""From gold and predicted records to the figures of a run."""
