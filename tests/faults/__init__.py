"""Failed builds, in words."""
