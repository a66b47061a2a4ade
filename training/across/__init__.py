"""A world of agencies and years as records, faults planted in it, and what `check --across` finds of them."""
