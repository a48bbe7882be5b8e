"""Weight files on this machine: where they come from, how they are kept, how they get to their place."""
