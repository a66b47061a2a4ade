"""A net under a rebuilding: what every known document is read as, held against what it was read as before."""
