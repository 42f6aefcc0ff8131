"""Pages of initiatives and of good-practice cases."""
