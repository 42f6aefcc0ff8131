"""Leaving, handing over and changing organisation: what stands open, and who takes it over."""
