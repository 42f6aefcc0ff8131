"""Organisations: the directory, what each tells of itself, and the secretariat's list."""
