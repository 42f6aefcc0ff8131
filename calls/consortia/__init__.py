"""Consortia: who applies together, what is still missing, and what others suggest."""
