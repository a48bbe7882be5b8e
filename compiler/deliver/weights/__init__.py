"""A project's weights: imported, pushed, pulled, looked over, shown to the model."""
