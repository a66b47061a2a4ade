"""Records as workbooks that a person corrects, and back as gold."""
