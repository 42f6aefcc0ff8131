"""Times of day as Danes write them; Django's own have a colon and no "kl."."""

DATETIME_FORMAT = r"j. F Y \k\l. H.i"
TIME_FORMAT = "H.i"
