"""Who is signed in, the members, their billing information, workflows and help."""
