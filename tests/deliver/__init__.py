"""Effects: folders, engine, host."""
