"""The checks on trial: faults planted in right records, and which checks notice them."""
