"""What a change means."""
