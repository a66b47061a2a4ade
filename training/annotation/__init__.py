"""What the present model makes of label files: drafts, doubts, what to label next."""
