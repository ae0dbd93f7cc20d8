"""The predictions of lesson 15."""

PREDICTIONS = ()
