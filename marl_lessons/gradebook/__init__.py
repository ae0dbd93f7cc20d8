"""Grades other people's notebooks without trusting them: their code runs in a jail, and the judge stays outside."""
