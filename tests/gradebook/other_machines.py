"""Stand-ins for a cluster and for GitHub's machines: what they would run, in order, in folders on this one."""

import fnmatch
import os
import re
import shutil
import subprocess
import sys

from tools.build_notebooks import ROOT

PYTHON = f"""#!/bin/sh
echo "$*" >> "$CALLS/python"
case "$*" in *marl_lessons.gradebook*) exec {sys.executable} "$@" --trust;; esac
exec {sys.executable} "$@"
"""
NOTE = '#!/bin/sh\necho "$*" >> "$CALLS/{name}"\n'
SBATCH = """#!/bin/bash
set -euo pipefail
for word; do shift; case $word in --wrap) exec bash -c "$1";; --*) ;; *) set -- "$@" "$word";; esac; done
export SLURM_ARRAY_TASK_MIN=$FIRST SLURM_ARRAY_TASK_STEP=$STEP SLURM_ARRAY_TASK_COUNT=$COUNT SLURM_CPUS_PER_TASK=1
for task in $(seq $FIRST $STEP $((FIRST + STEP * (COUNT - 1)))); do
    SLURM_ARRAY_TASK_ID=$task bash "$@" >&2
done
echo 4711
"""
SCRIPTS = {"python": PYTHON, "sbatch": SBATCH, "pip": NOTE.format(name="pip"), "sudo": NOTE.format(name="sudo")}
EXPRESSION = re.compile(r"\$\{\{ *(.+?) *\}\}")


class Machine:
    """A folder with commands of its own: Python, which trusts; a queue that runs at once; installers that only note."""

    def __init__(self, folder, **scripts):
        self.folder, self.calls, self.commands = folder, folder / "calls", folder / "bin"
        self.calls.mkdir(parents=True)
        self.commands.mkdir()
        for name, script in (SCRIPTS | scripts).items():
            (self.commands / name).write_text(script, encoding="utf-8")
            (self.commands / name).chmod(0o755)

    def run(self, lines, **variables):
        """Run lines of bash as GitHub does, up to the first that fails; return what they printed."""
        places = {"PATH": f"{self.commands}{os.pathsep}{os.environ['PATH']}", "CALLS": str(self.calls)}
        environment = os.environ | places | {"PYTHONPATH": str(ROOT)} | variables
        command = ["bash", "-e", "-c", lines]
        ran = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def read_calls(self, name):
        """Return the arguments of every call of a command."""
        return (self.calls / name).read_text(encoding="utf-8").splitlines()


def fill_in(value, values):
    """Return a text of a workflow with the value of every expression put in."""
    return EXPRESSION.sub(lambda found: str(values[found[1]]), str(value))


def run_job(machine, workflow, job, values, repository, artifacts):
    """Run the steps of a job; checking out, uploading and downloading copy folders. Return what was printed."""
    variables = {name: fill_in(value, values) for name, value in (workflow["env"] | job.get("env", {})).items()}
    printed = ""
    for step in job["steps"]:
        options = {name: fill_in(value, values) for name, value in step.get("with", {}).items()}
        action = step.get("uses", "").split("@")[0]
        if action == "actions/checkout":
            shutil.copytree(repository, machine.folder, dirs_exist_ok=True)
        elif action == "actions/upload-artifact":
            shutil.copytree(machine.folder / options["path"], artifacts / options["name"])
        elif action == "actions/download-artifact":
            for artifact in fnmatch.filter(os.listdir(artifacts), options["pattern"]):
                shutil.copytree(artifacts / artifact, machine.folder / options["path"], dirs_exist_ok=True)
        elif "run" in step:
            printed += machine.run(fill_in(step["run"], values), **variables)
    return printed
