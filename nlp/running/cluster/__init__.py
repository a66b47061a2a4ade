"""From one machine to many: the same results, handed out over a cluster."""
