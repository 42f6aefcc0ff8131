"""Initiatives from start to end: their pages, and what members do about them."""
