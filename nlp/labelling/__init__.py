"""From lines to their labels: the features, the classifier, the best path through a document."""
