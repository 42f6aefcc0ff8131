"""Everything out: one file with all data and all uploads, for whoever moves or looks back."""
