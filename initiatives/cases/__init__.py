"""Good examples from the first word to publication, and the pages on which they are read."""
