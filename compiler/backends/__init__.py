"""From Recipe to artifacts, one file a backend, all of them pure."""
