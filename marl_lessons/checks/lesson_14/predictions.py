"""The predictions of lesson 14."""

PREDICTIONS = ()
