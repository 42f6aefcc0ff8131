"""The agenda: its items and their times, proposals of members, and what earlier meetings left."""
