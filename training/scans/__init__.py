"""Reports printed, then scanned and photographed: what is read of their pictures."""
