"""What a person does with label files: check, choose, compare, carry over to other tools."""
