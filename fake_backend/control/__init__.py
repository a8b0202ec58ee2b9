"""What only tests may do: seed, move the clock, set faults and variants, read the journal."""
