"""Meetings as iCalendar: the feed, the file of one meeting, and the entry in a letter."""
