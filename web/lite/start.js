// A visit whose address names no notebook opens the one of last time, and the first visit opens the first lesson.
// JupyterLite drops the name from the address once it is open, so without this a reload would lead to an empty page.
{ // in a block: a name out here would be taken from scripts in the notebooks, such as the films' player
    const KEY = `notebook of last time, ${location.pathname}`;
    const here = new URL(location.href);
    if (!here.searchParams.has("path")) {
        here.searchParams.set("path", localStorage.getItem(KEY) ?? "00_start_here.ipynb");
        history.replaceState(null, "", here);
    }
    localStorage.removeItem(KEY); // one that is gone is not asked for twice

    const start = setInterval(() => {
        const shell = window.jupyterapp?.shell;
        if (!shell?.currentPath) return;
        clearInterval(start);
        const remember = (path) => path && localStorage.setItem(KEY, path);
        remember(shell.currentPath);
        shell.currentPathChanged.connect((_, change) => remember(change.newValue));
        if (innerWidth < 700) shell.currentWidget.context.ready.then(() => makeRoom(shell));
    }, 200);

    // On a phone the lesson takes the room of the list of files, whose button stays on the left. JupyterLab shows the list
    // once more, some time after it has opened the notebook; so it is put away until the reader touches something.
    function makeRoom(shell) {
        shell.toggleSideTabBarVisibility("right");
        const collapse = () => shell.leftCollapsed || shell.collapseLeft();
        const leave = () => shell.layoutModified.disconnect(collapse);
        for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, leave, { once: true, capture: true });
        shell.layoutModified.connect(collapse);
        collapse();
    }
}
