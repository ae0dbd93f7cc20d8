"""The bank of answers on which the exercises' checks are proved."""
