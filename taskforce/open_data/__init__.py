"""Open data: what strangers may see, as files and answers made from each app's `datasets.py`."""
