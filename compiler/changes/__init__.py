"""What a change means: between two projects, or of one file or key."""
