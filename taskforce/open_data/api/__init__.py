"""The API: read-only, with the rows and columns of the files (docs/decisions/0018)."""
