"""What proves suite and fake and is no test: faults, worlds, load, soak, mutation, benchmarks, drivers, clients."""
