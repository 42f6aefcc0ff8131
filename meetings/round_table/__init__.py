"""Round-table news: what each organisation writes before the meeting, colleagues together."""
