"""Text that reports take over from each other, what copying left behind, and what became of promises."""
