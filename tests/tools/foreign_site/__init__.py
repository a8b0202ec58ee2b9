"""A billing site by another hand: same public documentation, other markup, other answers to every open question."""
