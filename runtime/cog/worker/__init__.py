"""The process that holds the model. It runs the model's own Python with the standard library and the SDK."""
