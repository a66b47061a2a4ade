"""The official form: its editions, its labels and their spellings, its names, how it is printed."""
