"""A course that was unpacked from a zip. What an update brings is remembered, so that the next one can compare."""

import os

from marl_lessons.update import UpdateError
from marl_lessons.update.handed_out import make_zip, read_handed_out, read_zip
from marl_lessons.update.placing import write_safely

RECORD = ".handed_out.zip"
NO_ARCHIVE = (
    "This folder is not a clone, so the course cannot be fetched. Download it as a zip, without unpacking it over "
    "this folder, and name it: --from FILE.zip"
)


class Unpacked:
    """The folder of a course that git does not know, and the zip or folder that the learner names, if any."""

    def __init__(self, course, archive):
        self.course, self.archive, self.record = course, archive, course / RECORD

    def read_given(self):
        """Return {path: File} as it was handed out: what the last update brought, or else what the learner names."""
        return self._read_record() or self._read_archive()

    def read_both(self):
        """Return what was handed out, as far as it is known, and what comes."""
        return self._read_record(), self._read_archive()

    def settle(self, today, coming):
        """Remember what was handed out, for the next time; returns what there is to say about it."""
        waiting = self.record.with_name(f"{RECORD}.new")
        write_safely(waiting, make_zip(coming))
        os.replace(waiting, self.record)
        return [f"This is the course as {self.archive} has it."]

    def _read_record(self):
        return read_zip(self.record.read_bytes()) if self.record.exists() else {}

    def _read_archive(self):
        if self.archive is None:
            raise UpdateError(NO_ARCHIVE)
        archive, course = self.archive.expanduser().resolve(), self.course.resolve()
        if archive.is_dir() and (archive.is_relative_to(course) or course.is_relative_to(archive)):
            # What is yours there would count as handed out, and leave with the next version.
            raise UpdateError(
                f"{archive} is your own course, or in its way: unpack the new one elsewhere, and name that."
            )
        return read_handed_out(self.archive)
