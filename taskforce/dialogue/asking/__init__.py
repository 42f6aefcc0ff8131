"""The secretariat asks up to five organisations a question by a day, and they answer."""
