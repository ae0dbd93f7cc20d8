"""Build the browser edition into build/site/lite."""

import argparse
from pathlib import Path

from web.lite.edition import SITE, build

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--wheels", type=Path, help="a folder of Pyodide's wheels, for an edition that needs no network")
parser.add_argument("--to", type=Path, default=SITE, help="where to build (build/site/lite)")
arguments = parser.parse_args()
build(arguments.to, arguments.wheels)
megabytes = sum(path.stat().st_size for path in arguments.to.rglob("*") if path.is_file()) / 1e6
print(f"{arguments.to}: {megabytes:.0f} MB; `python -m http.server --directory {arguments.to}` serves it.")
