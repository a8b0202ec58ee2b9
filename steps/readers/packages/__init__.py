"""The packages on sale, and what the pop-up with them is pressed by."""
