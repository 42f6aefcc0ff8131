"""Erasing a person: their account, their name in columns, and what texts say of them."""
