"""A world of made-up reports with planted copies, and how much of it `nianbao reuse` finds."""
