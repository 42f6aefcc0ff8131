"""What was agreed at all meetings: the list, and saying that something is done."""
