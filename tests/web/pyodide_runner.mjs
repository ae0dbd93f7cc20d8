// Runs Python in Pyodide under Node: node pyodide_runner.mjs REQUEST.json; browser_python.py writes the request.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { runtime, cache, packages, wheels, mounts, variables, code } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`));
const pyodide = await loadPyodide({ packageCacheDir: cache, env: variables });
await pyodide.loadPackage(packages, { messageCallback() {} });
const sitePackages = pyodide.runPython("import site; site.getsitepackages()[0]");
for (const wheel of wheels) {
  pyodide.unpackArchive(new Uint8Array(readFileSync(wheel)), "zip", { extractDir: sitePackages });
}
for (const [inside, outside] of Object.entries(mounts)) {
  pyodide.mountNodeFS(inside, outside);
}
await pyodide.runPythonAsync(code);
