"""The most memory that this process ever held, Python and NumPy included."""

import re
import sys
from pathlib import Path

PEAK_ON_LINUX = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)


def find_peak():
    """Find the most megabytes that this process ever held; None where the system does not tell."""
    if sys.platform == "linux":  # getrusage would tell of the process that started this one, if it held more
        found = PEAK_ON_LINUX.search(Path("/proc/self/status").read_text())
        return int(found[1]) * 1_024 / 1e6 if found else None
    if sys.platform == "win32":
        import psutil  # as in marl_lessons.costs: every kernel has it

        return psutil.Process().memory_info().peak_wset / 1e6
    import resource

    unit = 1 if sys.platform == "darwin" else 1_024  # bytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
