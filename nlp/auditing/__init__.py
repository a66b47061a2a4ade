"""From a record to what a person is told about it, in the words of the form."""
