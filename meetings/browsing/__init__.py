"""Reading: the list of meetings, and the page of one meeting with its minutes."""
