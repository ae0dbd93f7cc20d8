"""How fast the course's training is, beside what a learner would use instead: `python -m benchmarks`."""
