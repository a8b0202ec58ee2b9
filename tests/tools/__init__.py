"""What proves the suite and is no test: faults, worlds, load, soak, mutation, benchmarks, a foreign site."""
