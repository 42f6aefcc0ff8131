"""Feeds for reading programs: what became public, of everything, of one thing, or of a list."""
