"""From the fifth chapter to its problems and measures, item by item."""
