"""A folder of Pyodide's wheels is used only where every file has the checksum of the lock."""

import re

import pytest

from web.lite.wheels import find_needed, hash_bytes, verify

LOCK = {
    "numpy": {"file_name": "numpy.whl", "sha256": hash_bytes(b"numpy"), "depends": []},
    "scipy": {"file_name": "scipy.whl", "sha256": hash_bytes(b"scipy"), "depends": ["numpy"]},
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "numpy.whl").write_bytes(b"numpy")
    (tmp_path / "scipy.whl").write_bytes(b"scipy")
    return tmp_path


def test_a_folder_with_every_file_is_used(folder):
    verify(folder, LOCK)


def test_a_missing_file_and_another_one_of_its_name_are_both_named(folder):
    (folder / "numpy.whl").unlink()
    (folder / "scipy.whl").write_bytes(b"stranger")
    with pytest.raises(SystemExit) as refusal:
        verify(folder, LOCK)
    assert "numpy.whl is missing" in str(refusal.value)
    assert re.search(r"scipy.whl has the checksum \w{64}, the lock says \w{64}", str(refusal.value))
    assert "make wheels" in str(refusal.value)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SystemExit, match="nowhere is no folder"):
        verify(tmp_path / "nowhere", LOCK)


def test_a_package_brings_what_it_depends_on_however_its_name_is_spelled(monkeypatch):
    monkeypatch.setattr("web.lite.wheels.NEEDED", ["Stack_Data"])
    packages = {"stack-data": {"depends": ["pure_eval"]}, "pure.eval": {"depends": ["stack-data"]}, "pandas": {}}
    assert list(find_needed(packages)) == ["pure-eval", "stack-data"]
