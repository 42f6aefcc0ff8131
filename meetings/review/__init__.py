"""The review: those who were there read the draft and propose changes, until it is published."""
