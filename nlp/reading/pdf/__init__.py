"""From the geometry of a PDF's pages to a text whose lines carry their structure."""
