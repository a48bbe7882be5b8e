"""From text to Spec: reading YAML, requirement lines and the predictor's source, each value with its place."""
