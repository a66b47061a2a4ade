"""ZIP and 7z archives of documents, which are read as if they were folders."""
