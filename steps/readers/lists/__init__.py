"""Rows, columns and neighbours of whatever is listed."""
