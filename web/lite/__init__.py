"""The browser edition: JupyterLite with Pyodide, Python for the browser, and the course in it."""
