"""What `acceptance drift` does: read a documentation page and hold it against what the features check."""
