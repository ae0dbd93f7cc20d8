// Runs Python in Pyodide under Node: node pyodide_runner.mjs REQUEST.json; browser_python.py writes the request.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { runtime, packages, mounts, variables, code } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`));
const pyodide = await loadPyodide({ indexURL: runtime, env: variables });
await pyodide.loadPackage(packages, { messageCallback() {} });
for (const [inside, outside] of Object.entries(mounts)) {
  pyodide.mountNodeFS(inside, outside);
}
try {
  await pyodide.runPythonAsync(code);
} catch (error) {
  console.error(error.message); // alone: Node itself would quote a million characters of Pyodide
  process.exitCode = 1;
}
