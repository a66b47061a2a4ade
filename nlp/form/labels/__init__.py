"""The form's labels as keys that spellings share, and which row, column or group each names."""
