"""An `Encoder` from the files that a BERT checkpoint consists of: `config.json` and `model.safetensors`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from safetensors.numpy import load_file

from bert import Embeddings, Encoder, Layer, SelfAttention
from layers import Array, Dense, LayerNorm


def load_encoder(folder: Path) -> Encoder:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tensors = load_file(folder / "model.safetensors")
    checkpoint = Checkpoint(tensors, config["num_attention_heads"], config["layer_norm_eps"])
    layers = tuple(checkpoint.layer(f"encoder.layer.{number}") for number in range(config["num_hidden_layers"]))
    return Encoder(checkpoint.embeddings("embeddings"), layers)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Tensors by their dotted names; each method takes the prefix under which the part's tensors lie."""

    tensors: dict[str, Array]
    heads: int
    epsilon: float

    def dense(self, prefix: str) -> Dense:
        return Dense(self.tensors[f"{prefix}.weight"], self.tensors[f"{prefix}.bias"])

    def norm(self, prefix: str) -> LayerNorm:
        return LayerNorm(self.tensors[f"{prefix}.weight"], self.tensors[f"{prefix}.bias"], self.epsilon)

    def embeddings(self, prefix: str) -> Embeddings:
        words, positions, segments = (
            self.tensors[f"{prefix}.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")
        )
        return Embeddings(words, positions, segments[0], self.norm(f"{prefix}.LayerNorm"))

    def attention(self, prefix: str) -> SelfAttention:
        query, key, value = (self.dense(f"{prefix}.{part}") for part in ("query", "key", "value"))
        return SelfAttention(self.heads, query, key, value)

    def layer(self, prefix: str) -> Layer:
        return Layer(
            attention=self.attention(f"{prefix}.attention.self"),
            merge=self.dense(f"{prefix}.attention.output.dense"),
            merge_norm=self.norm(f"{prefix}.attention.output.LayerNorm"),
            widen=self.dense(f"{prefix}.intermediate.dense"),
            narrow=self.dense(f"{prefix}.output.dense"),
            norm=self.norm(f"{prefix}.output.LayerNorm"),
        )
