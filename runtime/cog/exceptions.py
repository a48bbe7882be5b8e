"""Exceptions and warnings that model code may see."""


class CancelationException(BaseException):
    """Raised inside a synchronous `predict` when its prediction is canceled; clean up and raise it again.

    Not an `Exception`, so that `except Exception` in model code does not swallow it.
    """


class ExperimentalFeatureWarning(FutureWarning):
    """Kept for models that filter it; this runtime warns about nothing."""
