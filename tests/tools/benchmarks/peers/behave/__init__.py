"""The purchases for behave: copied beside the feature before each run."""
