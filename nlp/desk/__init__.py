"""A page in the browser, on this machine only, at which a person decides what the reader left open."""
