"""Dishonest notebooks that would do harm: every attempt is bounded, so that it is none even if a jail should fail."""

from tests.gradebook.corpus.packing import define, pack, strike

CANARIES = '("@OUTSIDE@/canary", "@HOME@/canary", "@OUT@/canary", "@SUBMISSIONS@/solved/01_games.ipynb")'
PLACES = '("@OUTSIDE@", "@HOME@", "@OUT@", "@SUBMISSIONS@", "@SUBMISSIONS@/solved")'
WRITES = """
import os
import tempfile

written = 0
for folder in (tempfile.gettempdir(), "/dev/shm", "/run", os.path.expanduser("~"), os.getcwd(), "/var/tmp"):
    for number in range(32):
        try:
            with open(f"{folder}/@MARK@-{number}", "wb") as file:
                written += file.write(bytes(16 * 2**20))
        except OSError:
            break
return written > 2**30
"""
STARTS = """
import os
import time

started = 0
for _ in range(400):
    try:
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
        started += 1
    except OSError:
        break
return started == 400
"""
OUTLIVES = """
import os
import subprocess

for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execvp("sleep", ["sleep", "@MARK@"])
        os._exit(0)
subprocess.Popen(["sleep", "@MARK@"], start_new_session=True)
"""
COMPUTES = """
import os

for _ in range(4):
    if os.fork() == 0:
        while True:
            pass
os.wait()
"""
EATS = """
import os
import time

children = []
for _ in range(6):
    child = os.fork()
    if child == 0:
        held = [b"x" * 2**27 for _ in range(6)]
        os._exit(len(held))
    children.append(child)
return all(os.waitpid(child, 0)[1] == 6 * 256 for child in children)
"""
CALLS = """
import socket

reached = []
for host in ("127.0.0.1", "localhost", "10.0.2.2", "169.254.169.254"):
    try:
        reached.append(socket.create_connection((host, @PORT@), timeout=0.3))
    except OSError:
        pass
try:
    other = socket.socket(socket.AF_UNIX)
    other.connect("\\0@MARK@")
    reached.append(other)
except OSError:
    pass
try:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"answer", ("127.0.0.1", @PORT@))
except OSError:
    pass
return reached
"""
NAMES = """
import socket

return socket.getaddrinfo("example.com", 80)
"""
LOADS = """
import os
import pathlib
import sys

import numpy

for folder in {*sys.path, os.path.dirname(numpy.__file__), "@REPOSITORY@/marl_lessons"}:
    path = pathlib.Path(folder, "@MARK@.pth")
    path.write_text("import os")
    return path
"""
PRELOADS = """
import os
import sys

os.environ["LD_PRELOAD"] = "@OUTSIDE@/canary"
os.environ["PYTHONPATH"] = "@OUTSIDE@"
os.execv(sys.executable, [sys.executable, "-c", "import os; [os.write(n, b'{}') for n in range(3, 9)]"])
"""
THREADS = """
import threading
import time


def work():
    while True:
        time.sleep(0.001)
        globals().update(action_values=None)


for _ in range(50):
    threading.Thread(target=work).start()
"""

DELETES = f"""
import os

for path in {CANARIES}:
    for change in (os.remove, lambda path: os.chmod(path, 0), lambda path: open(path, "w").write("x")):
        try:
            change(path)
        except OSError:
            pass
for folder in {PLACES}:
    for change in (lambda folder: open(folder + "/@MARK@", "w").write("x"), lambda folder: os.rename(folder, "@MARK@")):
        try:
            change(folder)
        except OSError:
            pass
"""
SIGNALS = """
import os
import signal

for number in (signal.SIGTERM, signal.SIGKILL):
    os.kill(os.getppid(), number)
"""
ROOT = """
import os

os.setuid(0)
os.setgid(0)
return os.access("/etc/shadow", os.R_OK)
"""
CLINGS = """
import signal

for number in (2, 14, 15):
    signal.signal(number, signal.SIG_IGN)
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
PRINTS = """
import os

for _ in range(2_000):
    os.write(1, b"x" * 10_000)
    os.write(2, b"x" * 10_000)
"""
ROOM = 'import subprocess\nreturn not subprocess.run(["unshare", "-Ur", "cat", "@HOME@/canary"]).returncode'

HARM = {  # bodies of functions that return loot where they succeed
    "deletes and overwrites": DELETES,
    "fills the disk": WRITES,
    "starts 400 processes": STARTS,
    "outlives": OUTLIVES,
    "computes in children": COMPUTES,
    "eats memory in children": EATS,
    "calls the network": CALLS,
    "asks for names": NAMES,
    "writes into libraries": LOADS,
    "preloads": PRELOADS,
    "signals its parent": SIGNALS,
    "becomes root": ROOT,
    "another room": ROOM,
}
IN_ANSWERS = {
    "outlives": OUTLIVES,
    "threads": THREADS,
    "signals its parent": SIGNALS,
    "prints for ever": 'while True:\n    print("x" * 10_000)',
    "prints past the capture": PRINTS,
    "ignores the end": CLINGS,
    "stops": "import os\nimport signal\nos.kill(os.getpid(), signal.SIGSTOP)",
}


REFUSED = {"incorrect", "error"}

HARMING = pack("harms", {name: strike(body) for name, body in HARM.items()}, REFUSED)
HARMING |= pack("harms in answers", {name: define(body) for name, body in IN_ANSWERS.items()}, REFUSED)
