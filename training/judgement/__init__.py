"""What a model judges by beside the labels of lines, fitted once more with records that people corrected."""
