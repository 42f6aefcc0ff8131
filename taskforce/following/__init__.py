"""Who follows what, how often they are told of it, and what they were told."""
