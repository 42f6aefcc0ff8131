"""Years whose figures are kept as they were, with what was corrected later beside them."""
