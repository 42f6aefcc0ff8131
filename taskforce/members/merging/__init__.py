"""Two organisations or two accounts of one person made one, and that undone."""
