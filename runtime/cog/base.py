"""Base classes of models. Deriving from them is optional: any class with the same methods is served."""

from typing import Any

from .scope import Scope, current_scope


class BaseRunner:
    """A model: `setup` runs once, `run` runs for each prediction."""

    def setup(self, *args: Any, **kwargs: Any) -> Any:
        """Prepare the model. Override it with no parameter or with `weights`, plain or `async`."""

    def run(self, *args: Any, **kwargs: Any) -> Any:
        """For who calls a model under its newer name: the `predict` of one that has the older."""
        predict = getattr(self, "predict", None)
        if predict is None or getattr(predict, "__func__", None) is BasePredictor.predict:
            raise NotImplementedError(f"{type(self).__name__} defines neither run nor predict")
        return predict(*args, **kwargs)

    @property
    def scope(self) -> Scope:
        """The scope of the prediction that is running in this context."""
        return current_scope()

    def record_metric(self, name: str, value: Any, mode: str = "replace") -> None:
        """Same as `current_scope().record_metric`."""
        self.scope.record_metric(name, value, mode)


class BasePredictor(BaseRunner):
    """The older name: `predict` takes the place of `run`."""

    def predict(self, *args: Any, **kwargs: Any) -> Any:
        """For who calls a model under its older name: the `run` of one that has the newer."""
        return self.run(*args, **kwargs)
