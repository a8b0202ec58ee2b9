"""Numbers and days as pages write them."""
