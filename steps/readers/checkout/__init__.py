"""The payment page and what comes of paying: amount due, messages, codes, the way back."""
