"""The plans that a workspace may choose from: price, credits and the way to choose one."""
