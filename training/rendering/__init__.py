"""Generated reports put through real tools: rendered to files, read back as text, labels carried along."""
