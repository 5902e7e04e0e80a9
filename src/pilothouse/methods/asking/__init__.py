"""What becomes of answers to Kano, MaxDiff, conjoint, pairwise and price questions before a method reads them."""
