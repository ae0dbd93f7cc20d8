"""Tools for the authors of the lessons."""
