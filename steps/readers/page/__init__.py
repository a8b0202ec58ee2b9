"""A page as a person sees it: the one snapshot, its lines and sections, and what a reader may answer."""
