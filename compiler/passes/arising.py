"""A framework that no line asks for under any Python that is left is no question."""

from dataclasses import replace

from ..ir.space import TORCH_FAMILY, Space

RULE = "arising"


def narrow(space: Space) -> Space:
    def arises(*names: str) -> bool:
        return any(space.asked(*names, python=python) for python in space.pythons)

    return replace(
        space,
        torch=space.torch if arises(*TORCH_FAMILY) else None,
        tensorflow=space.tensorflow if arises("tensorflow") else None,
        jax=space.jax if arises("jax") else None,
        onnxruntime=space.onnxruntime if arises("onnxruntime-gpu") else None,
    )
