"""Label files as other tools keep them, a tool a file."""
