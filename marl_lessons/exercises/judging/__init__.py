"""Judges a function: calls it as the lesson does, compares it with its definition, and says what is wrong and why.

`expect` is what the checks of an exercise call; the rest serves it. Nothing here knows which exercises there are.
"""
