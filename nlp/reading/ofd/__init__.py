"""From the placed text of an OFD, the format of GB/T 33190, to a text whose lines carry their structure."""
