"""A course that is a clone: git knows what was handed out, and fetches what comes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from marl_lessons.update import UpdateError
from marl_lessons.update.handed_out import read_zip

# What git leaves in its folder while it is in the middle of something, and how to end that.
UNDER_WAY = {
    "MERGE_HEAD": "git merge --abort",
    "rebase-merge": "git rebase --abort",
    "rebase-apply": "git rebase --abort",
    "CHERRY_PICK_HEAD": "git cherry-pick --abort",
    "REVERT_HEAD": "git revert --abort",
    "BISECT_LOG": "git bisect reset",
}
# These variables of a hook would lead git to the hook's own repository.
ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
UPSTREAM = "@{upstream}"
MEND = "Mend that, then try again; nothing of yours is lost."


def is_clone(course):
    """Tell whether the folder of the course is a clone of its own, not merely inside of one."""
    if not (course / ".git").exists():
        return False
    if shutil.which("git") is None:
        raise UpdateError("The course came by git, and git is not found here: install it, then try again.")
    return True


class Clone:
    """The folder of a course that git knows."""

    def __init__(self, course):
        self.course = course

    def read_given(self):
        """Return {path: File} as it was handed out to this learner, whatever the learner has committed since."""
        self.run("rev-parse", "--verify", "HEAD")
        return self._read(self._find_given() or "HEAD")

    def read_both(self):
        """Fetch, and return what was handed out and what comes; raises UpdateError where an update is not safe."""
        self._require_quiet()
        self._fetch()
        given = self._find_given()
        return self._read(given) if given else {}, self._read(UPSTREAM)

    def settle(self, today, coming):
        """Let git know where the files are now, and return what there is to say about it.

        Commits that the course does not have stay, on a branch that is made for them. git moves the index before the
        branch; `_is_half_settled` recognizes an update that was cut off in between.
        """
        notes = [f"This is the course of {self.run('log', '-1', '--format=%cs (%h)', UPSTREAM)}."]
        if self._succeeds("merge-base", "--is-ancestor", UPSTREAM, "HEAD"):
            return notes  # nothing has come
        if self.run("rev-list", f"{UPSTREAM}..HEAD"):
            name = self._keep_commits(today)
            notes.append(f"Commits that the course does not have are on a branch of their own: git log {name}")
        self.run("reset", "--quiet", UPSTREAM)
        return notes

    def run(self, *words):
        """Return what a git command prints; raises UpdateError with git's own words where it fails."""
        finished = self._call(*words)
        if finished.returncode:
            raise UpdateError(f"git {words[0]} says: {finished.stderr.decode(errors='replace').strip()}\n{MEND}")
        return finished.stdout.decode(errors="replace").strip()

    def _call(self, *words):
        environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE} | {"LC_ALL": "C"}
        if not (sys.stdin and sys.stdin.isatty()):
            environment["GIT_TERMINAL_PROMPT"] = "0"  # nobody could answer
        return subprocess.run(["git", *words], cwd=self.course, env=environment, capture_output=True)

    def _succeeds(self, *words):
        return self._call(*words).returncode == 0

    def _read(self, commit):
        archive = self._call("archive", "--format=zip", "-1", commit)  # line ends as in the folder
        if archive.returncode:
            raise UpdateError(f"git archive says: {archive.stderr.decode(errors='replace').strip()}\n{MEND}")
        return read_zip(archive.stdout)

    def _find_given(self):
        """Return the last commit that came from upstream, even where upstream has since rewritten its history."""
        for words in (("merge-base", "--fork-point", UPSTREAM, "HEAD"), ("merge-base", UPSTREAM, "HEAD")):
            found = self._call(*words)
            if found.returncode == 0:
                return found.stdout.decode().strip()
        return None

    def _require_quiet(self):
        """Raise UpdateError where git is in a state that an update would disturb."""
        self.run("rev-parse", "--verify", "HEAD")
        own = Path(self.run("rev-parse", "--absolute-git-dir"))
        if (own / "index.lock").exists():
            raise UpdateError(
                "Another git command is at work here. If there is none, one was interrupted: "
                f"delete {own / 'index.lock'} and try again."
            )
        for name, remedy in UNDER_WAY.items():
            if (own / name).exists():
                raise UpdateError(f"git is in the middle of something: end it, or give it up with `{remedy}`.")
        if not self._succeeds("symbolic-ref", "--quiet", "HEAD"):
            raise UpdateError("You are on no branch: go back to the course's with `git switch main`, then try again.")
        if not self._succeeds("rev-parse", "--verify", "--quiet", UPSTREAM):
            raise UpdateError(
                "This branch does not know where the course comes from: "
                "say `git branch --set-upstream-to=origin/main`, or `git switch main`, then try again."
            )
        if not (self._succeeds("diff", "--cached", "--quiet", "HEAD") or self._is_half_settled()):
            raise UpdateError("Some changes are staged: `git commit` or `git restore --staged .`, then try again.")

    def _is_half_settled(self):
        """Tell whether an earlier update was cut off between the index and the branch."""
        index = self._call("write-tree")
        trees = self.run("log", "--format=%T", f"HEAD..{UPSTREAM}").split()
        return index.returncode == 0 and index.stdout.decode().strip() in trees

    def _fetch(self):
        fetched = self._call("fetch", "--quiet")
        if fetched.returncode:
            words = fetched.stderr.decode(errors="replace").strip()
            raise UpdateError(
                f"The course's repository could not be reached; nothing was changed. Try again with a network.\n{words}"
            )

    def _keep_commits(self, today):
        """Return the name of a branch that holds the learner's commits, a new one where there is none."""
        name, count = f"mine-{today:%Y-%m-%d}", 1
        here = self.run("rev-parse", "HEAD")
        while self._succeeds("rev-parse", "--verify", "--quiet", f"refs/heads/{name}"):
            if self.run("rev-parse", f"refs/heads/{name}") == here:
                return name
            count += 1
            name = f"mine-{today:%Y-%m-%d}-{count}"
        self.run("branch", "--no-track", name)
        return name
