"""What the papers about a programme say; one module a subject."""
