"""The record of a report: its types, its JSON Schema, its files."""
