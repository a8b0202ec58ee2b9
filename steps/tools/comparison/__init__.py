"""What `acceptance compare` does: hold what two targets show on the same walk against each other."""
