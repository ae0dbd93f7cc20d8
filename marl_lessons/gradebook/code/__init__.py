"""What stands in a notebook: its statements, which of them the answers need, and what looks like tampering."""
