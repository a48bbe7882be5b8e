"""Weights: a model's large files as sets, layers, tar bytes, manifests and a lock file; all of it pure."""
