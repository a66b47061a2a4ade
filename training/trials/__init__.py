"""Batches that are disturbed in every way: killed, told to end, short of room, raced, misled."""
