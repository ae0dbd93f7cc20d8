"""JupyterLab in a real browser: start the server, open a notebook, and do what a learner does."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, expect, sync_playwright

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
NO_BROWSER = (
    "no Chrome or Chromium was found; install one "
    "(Debian, Ubuntu: sudo apt-get install -y --no-install-recommends chromium)"
)
# The browser talks to this machine alone, and runs as root in a container.
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# All cells are in the page, also those that are scrolled out of sight; no question about news covers any.
NO_NEWS = {"@jupyterlab/apputils-extension/notification.jupyterlab-settings": {"fetchNews": "false"}}
LAB_SETTINGS = NO_NEWS | {"@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"}}
# The command's result is of no use here, and a page's promise has no time limit of its own.
COMMAND = """([name, options, timeout]) => Promise.race([
    window.jupyterapp.commands.execute(name, options).then(() => null),
    new Promise((_, reject) => setTimeout(() => reject(new Error(`${name} takes too long`)), timeout)),
])"""
# The command asks in a dialog first; this is what its "Restart" button does.
RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
START = """() => {
    window.jupyterapp.shell.currentWidget.sessionContext.changeKernel({name: "python3"});
}"""
ADD_MARK = """(panel, status) => {
    const mark = document.createElement("div");
    mark.className = "jp-Notebook-ExecutionIndicator";
    mark.dataset.status = status;
    panel.append(mark);
}"""
# Neither is reached unless something hangs, however busy the machine is.
START_TIMEOUT = 300  # seconds
RUN_TIMEOUT = 300_000  # milliseconds, for all cells of a notebook and for whatever is expected on a page


def find_browser() -> str | None:
    """Return the path of an installed Chrome or Chromium, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def open_lab(folder: Path, settings: dict[str, dict] = LAB_SETTINGS):
    """Start JupyterLab and a browser for the notebooks in `folder`; yield a Lab and end both."""
    with serve(folder, settings) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_OPTIONS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(RUN_TIMEOUT)
        expect.set_options(timeout=RUN_TIMEOUT)
        yield Lab(page, address, folder)
        browser.close()


@contextmanager
def serve(folder: Path, settings: dict[str, dict]):
    """Run a JupyterLab server on loopback whose settings, kernels' progress and logs stay in `folder`."""
    home, port, token = folder / ".jupyter", find_free_port(), secrets.token_hex(16)
    for name, values in settings.items():
        file = home / "lab-settings" / name
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(values))
    options = [f"--ServerApp.port={port}", f"--IdentityProvider.token={token}", "--LabApp.news_url=None"]
    options += ["--ServerApp.port_retries=0", "--no-browser", "--allow-root", "--expose-app-in-browser"]
    with (home / "server.log").open("w") as log:
        command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *options]
        environment = os.environ | make_environment(home)
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
        try:
            wait_for_server(f"http://127.0.0.1:{port}/api", server, home / "server.log")
            yield f"http://127.0.0.1:{port}/lab/tree/{{}}?reset&token={token}"
        finally:
            server.terminate()  # JupyterLab ends its kernels with itself
            server.wait(timeout=START_TIMEOUT)


def make_environment(home: Path) -> dict[str, str]:
    """Return the variables that keep the server away from the user's own settings and progress."""
    return {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "lab-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "MARL_LESSONS_PROGRESS": str(home / "progress.json"),
    }


def find_free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_server(address: str, server: subprocess.Popen, log: Path) -> None:
    """Return once the server answers; raise RuntimeError with its log if it ends or stays silent."""
    end = time.monotonic() + START_TIMEOUT
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=START_TIMEOUT).close()
            return
        except OSError:  # nobody listens yet
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


class Lab:
    """A notebook open in JupyterLab, driven as a learner drives it.

    A cell is named by any text of its source as the notebook was when it was opened.
    """

    def __init__(self, page: Page, address: str, folder: Path):
        self.page, self.address, self.folder = page, address, folder

    def open(self, notebook: str) -> None:
        """Open a notebook, given by its path in the folder, and wait for its kernel."""
        self.read_sources(notebook)
        self.page.goto(self.address.format(notebook))
        self.wait_until_idle()

    def read_sources(self, notebook: str) -> None:
        """Take note of the cells of a notebook in the folder, by whose text they are named."""
        self.sources = [cell.source for cell in nbformat.read(self.folder / notebook, as_version=4).cells]

    def reload(self) -> None:
        """Save the notebook, load the page anew, as after a break, and wait for the kernel."""
        self.save()
        self.page.reload()
        self.wait_until_idle()

    def restart_kernel(self) -> None:
        """Restart the kernel, which forgets everything but the files, and wait for it."""
        self.page.evaluate(RESTART)
        self.wait_until_idle()

    def shut_kernel_down(self) -> None:
        """End the kernel for good, and wait until the page knows."""
        self.command("kernelmenu:shutdown")
        self.page.get_by_text("| Unknown").wait_for(timeout=RUN_TIMEOUT)

    def start_kernel(self) -> None:
        """Start a new kernel, where none is left, and wait for it."""
        self.page.evaluate(START)
        self.wait_until_idle()

    @contextmanager
    def kernel_shown_as(self, status: str):
        """Add the mark that JupyterLab shows for a kernel of this status, such as "dead"; take it away at the end."""
        panel = self.page.locator(".jp-NotebookPanel")
        panel.evaluate(ADD_MARK, status)
        yield
        panel.evaluate("panel => panel.lastElementChild.remove()")

    def wait_until_idle(self) -> None:
        """Wait until the status bar says that the kernel has nothing to do."""
        self.page.get_by_text("| Idle").wait_for(timeout=RUN_TIMEOUT)

    def command(self, name: str, **options: str) -> None:
        """Execute a command of JupyterLab, such as those behind its menus, and wait for its end."""
        self.page.evaluate(COMMAND, [name, options, RUN_TIMEOUT])

    def save(self) -> None:
        """Write the notebook with its outputs to the disk."""
        self.command("docmanager:save")

    def set_theme(self, name: str) -> None:
        """Change the colors: "JupyterLab Light" or "JupyterLab Dark"."""
        self.command("apputils:change-theme", theme=name)
        self.page.locator(f'body[data-jp-theme-name="{name}"]').wait_for(state="attached")

    def run_all(self) -> None:
        """Run all cells and wait for the last one."""
        self.command("notebook:run-all-cells")

    def cell(self, text: str) -> Locator:
        """Return the one cell whose source contains `text`."""
        (index,) = (index for index, source in enumerate(self.sources) if text in source)
        return self.page.locator(".jp-Notebook .jp-Cell").nth(index)

    def output(self, text: str) -> Locator:
        """Return what is shown below that cell."""
        return self.cell(text).locator(".jp-Cell-outputArea")

    def set_cell(self, text: str, source: str) -> None:
        """Replace the source of that cell, with the keyboard."""
        self.cell(text).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)

    def run_cell(self, text: str) -> None:
        """Run that cell and wait for its end."""
        self.cell(text).locator(".cm-content").click()
        self.command("notebook:run-cell")

    def press_tab_until(self, target: Locator, attempts: int = 60) -> None:
        """Move the focus with the Tab key until it is on the target; raise AssertionError if it never gets there."""
        for _ in range(attempts):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not lead to {target}")

    def screenshot(self, path: Path) -> None:
        """Save a picture of the page."""
        self.page.screenshot(path=path)
