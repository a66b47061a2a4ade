"""The panel of agencies and years: cells of the form, rates with their denominators, sums of groups."""
