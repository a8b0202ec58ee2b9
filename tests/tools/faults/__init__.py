"""The fault matrix: every fault of the fake's catalogue, and which scenarios catch it. Run by `make faults`."""
