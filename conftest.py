"""What holds for every test and for every notebook that runs as one."""

import os
import tempfile
from pathlib import Path

# Before NumPy is imported: small matrices on few cores run several times faster with one BLAS thread.
# The notebooks' kernels inherit all of these, and so print what the build printed.
os.environ |= {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TQDM_DISABLE": "1",
    "PYTHONHASHSEED": "0",
}

import hypothesis
import pytest
from nbval.plugin import IPyNbFile

from tests.notebooks.execution import STATEMENTS, ExecutedNotebook

ROOT = Path(__file__).parent
PROGRESS_FOLDER = tempfile.TemporaryDirectory(prefix="marl-lessons-progress-")

# No test fails because a machine is slow or busy; `make bench` measures speed.
hypothesis.settings.register_profile(
    "course", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], derandomize=True
)
hypothesis.settings.load_profile("course")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """Collect the course's notebooks with the statements about each as a whole, and all others as nbval does."""
    collectors = yield
    if file_path.parent.parent != ROOT or file_path.parent.name not in STATEMENTS:
        return collectors
    is_notebook = [isinstance(collector, IPyNbFile) for collector in collectors]
    return [ExecutedNotebook.from_parent(parent, path=file_path)] if any(is_notebook) else collectors


@pytest.hookimpl(tryfirst=True)  # before nbval starts a notebook's kernel
def pytest_runtest_setup(item):
    """Give every test file and every notebook a progress file of its own, never the learner's."""
    name = f"{item.path.parent.name}-{item.path.stem}.json"
    os.environ["MARL_LESSONS_PROGRESS"] = str(Path(PROGRESS_FOLDER.name, name))


@pytest.hookimpl(wrapper=True, tryfirst=True)  # outside pytest's own handling of xfail
def pytest_runtest_makereport(item, call):
    """Let no notebook cell pass as an expected failure: nbval marks all cells after a timeout as such."""
    report = yield
    if item.path.suffix == ".ipynb" and hasattr(report, "wasxfail"):
        del report.wasxfail
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: not judged, because an earlier cell timed out."
    return report
