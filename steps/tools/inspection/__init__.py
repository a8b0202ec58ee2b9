"""Walking a target without buying anything: what the suite finds there, and which words it would have to be told."""
