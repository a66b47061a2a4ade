"""Many records as columns, to be compared: agencies, years, values, states, what is doubtful."""
