"""Stop letters by a link in them, without logging in: one thing, one kind of news, or all."""
