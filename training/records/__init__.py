"""Learning from corrected records: what pages print round their lines, what each line is."""
