"""Where students' code runs: a process that can do no harm, by bubblewrap, podman or docker; or one that is trusted."""
