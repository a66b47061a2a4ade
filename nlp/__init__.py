"""From a document to its record: the packages behind `import nianbao` and the command line."""
