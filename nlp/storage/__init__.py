"""Files that lie elsewhere: in buckets, on servers, named by addresses like `s3://bucket/name`."""
