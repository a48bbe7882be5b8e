"""Registries: references, credentials, and blobs that travel several at once, resumable and verified."""
