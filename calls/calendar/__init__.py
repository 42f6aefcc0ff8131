"""Deadlines in people's calendars."""
