"""From records to what a user keeps."""
