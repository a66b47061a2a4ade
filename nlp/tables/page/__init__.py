"""A page as the tables see it: its tokens, its numbers, which lines hold which table."""
