"""Lesson 00's look at the machine names what is missing, and the remedy."""

import sys
from importlib import metadata

import pytest

from marl_lessons import check_setup, setup_check
from marl_lessons.exercises import progress_file


def test_here_everything_is_in_place(capsys):
    check_setup()
    shown = capsys.readouterr().out
    assert shown.endswith("Everything is here. You can start.\n")
    assert "✗" not in shown
    assert "✓ numpy>=2" in shown


def test_in_a_browser_what_is_different_is_said_and_jupyterlab_not_asked_for(capsys, monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    needs = ["jupyterlab>=4.2; sys_platform != 'emscripten'", "numpy>=2; sys_platform == 'emscripten'"]
    monkeypatch.setattr(setup_check.metadata, "requires", lambda name: needs)
    check_setup()
    shown = capsys.readouterr().out
    assert "You are working in your browser." in shown
    assert "✓ numpy>=2\n" in shown
    assert "jupyterlab" not in shown


def test_in_a_browser_that_keeps_nothing_this_is_said_and_what_to_do(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(progress_file, "DRIVE", tmp_path / "missing")
    check_setup()
    shown = capsys.readouterr().out
    assert "✗ a place to keep your progress: this page got none" in shown
    assert "progress.json" not in shown
    monkeypatch.delenv(progress_file.VARIABLE)
    monkeypatch.setattr(progress_file, "DRIVE", tmp_path)
    check_setup()
    shown = capsys.readouterr().out
    assert "✓ a place to keep your progress" in shown
    assert "progress.json in the list of files" in shown


def test_only_what_the_course_itself_needs_is_asked_for(capsys):
    check_setup()
    shown = capsys.readouterr().out
    assert "✓ jupyterlab>=4.2" in shown
    assert "pytest" not in shown
    assert "browser" not in shown


@pytest.mark.parametrize(
    ("installed", "remedy"),
    [("1.9.9", 'version 1.9.9 is too old; run `%pip install "numpy>=2"` in a cell.'), (None, "not installed; run")],
)
def test_a_package_that_is_old_or_missing_comes_with_its_remedy(monkeypatch, capsys, installed, remedy):
    def find_version(name):
        if name == "numpy" and installed is None:
            raise metadata.PackageNotFoundError(name)
        return installed if name == "numpy" else "99"

    monkeypatch.setattr(setup_check.metadata, "version", find_version)
    check_setup()
    shown = capsys.readouterr().out
    assert f"✗ numpy>=2: {remedy}" in shown
    assert shown.endswith("1 to mend; then restart the kernel.\n")


def test_a_course_that_was_not_installed_is_said():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setup_check.metadata, "requires", _raise_not_found)
        ((name, remedy),) = setup_check._check_packages()
    assert (name, remedy) == ("marl-lessons", "run `%pip install -e ..` in a cell of this notebook.")


def _raise_not_found(name):
    raise metadata.PackageNotFoundError(name)


def test_an_old_python_is_said():
    assert "this is 3.9" in setup_check._check_python((3, 9))[1]


def test_a_progress_file_that_cannot_be_written_is_said(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(progress_file.VARIABLE, str(tmp_path / "file" / "progress.json"))
    assert "could not be saved" in setup_check._check_progress_file()[1]
