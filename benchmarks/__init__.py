"""Measures the speed table: each figure is a ratio to something that runs beside it."""
