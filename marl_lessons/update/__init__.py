"""Brings the course up to date, or one lesson back to its beginning, and loses nothing that a learner has written.

    python -m marl_lessons.update              everything as it is handed out today
    python -m marl_lessons.update --fresh 1    lesson 01 as it was handed out

Three versions of each file decide (`planning`): as it was handed out, as the learner has it, and as it comes. What the
learner changed and the update changes too is kept aside first, under a name of its own; then the new one takes its
place (`placing`). What is handed out comes from git (`clone`), or from a zip (`unpacked`).
"""


class UpdateError(Exception):
    """The course cannot be updated as it stands; the message says what to do."""
