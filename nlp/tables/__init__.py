"""From labelled lines to the filled tables of a form."""
