"""The figures of the documentation, written by the programs that measure them."""
