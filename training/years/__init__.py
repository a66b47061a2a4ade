"""A world of agencies and years as pages, with planted faults: how well each kind is found."""
