"""Action points of all meetings: the list, and marking them as done."""
