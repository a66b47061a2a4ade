"""From many inputs to their records: in processes, within limits, on clusters."""
