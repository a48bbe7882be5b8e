"""What is wrong with a model's interface."""


class SignatureError(TypeError):
    """The message names the parameter or return type, what is wrong, and what to write instead."""
