"""What `acceptance check` looks at: features, steps, tags and promises held against each other, without a browser."""
