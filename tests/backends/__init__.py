"""From Recipe to artifacts."""
