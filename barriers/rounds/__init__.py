"""Prioritisation rounds: a frozen list, one ballot a voter, a final result."""
