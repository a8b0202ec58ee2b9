"""The proof of the whole: all that is too long for each commit, one after the other, in one table."""
