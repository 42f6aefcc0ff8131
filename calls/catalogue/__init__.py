"""The calls as everybody reads them: their list, and a page for each."""
