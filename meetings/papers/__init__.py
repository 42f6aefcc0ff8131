"""Minutes as documents, to be handed round and kept: PDF and Word, made of one structure."""
