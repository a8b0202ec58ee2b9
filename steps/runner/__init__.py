"""pytest fixtures, collection of features, run context, failure triage."""
