"""What a member does across pages: signing in, one purchase, what the network says meanwhile."""
