"""Conversion of a model's own types to JSON, registered by the model."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Dict, List, Optional, Type


class Coder(ABC):
    """Encodes values of the classes it says it can; registered coders are asked in order, newest first."""

    _registered: ClassVar[List["Coder"]] = []

    @staticmethod
    @abstractmethod
    def factory(cls: Type[Any]) -> Optional["Coder"]:
        """A coder for this class, None when it is not one of its own."""

    @abstractmethod
    def encode(self, value: Any) -> Dict[str, Any]:
        """The value as JSON data, which may hold paths and other supported types."""

    @abstractmethod
    def decode(self, value: Dict[str, Any]) -> Any:
        """The inverse of `encode`."""

    @classmethod
    def register(cls, coder: "Coder") -> None:
        Coder._registered.insert(0, coder)

    @classmethod
    def lookup(cls, wanted: Type[Any]) -> Optional["Coder"]:
        found = (coder.factory(wanted) for coder in Coder._registered)
        return next((coder for coder in found if coder is not None), None)
