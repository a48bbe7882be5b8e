"""The numpy encoder against torch's own transformer layers, on the same weights; run by `make check-embeddings`."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from .conftest import Load

torch = pytest.importorskip("torch", reason="torch is not installed here: `make check-embeddings` installs and runs it")

LAYER = "encoder.layer.{}"
WIDTH, HEADS, INNER, LAYERS, EPSILON = 384, 12, 1536, 6, 1e-12
TOLERANCE = 2e-6
SENTENCES = (
    "This is an example sentence",
    "Each sentence is converted",
    "Ça va? Größenwahn, naïveté and 東京 are split into pieces.",
    "Yes",
    "The longest of them: " + "a rose is a rose is " * 80,
)


def test_vectors_are_those_of_torch(load: Load, weights: Path) -> None:
    sentences = load("sentence-embeddings", "sentences")
    encode = sentences.SentenceEncoder.load(weights)
    encodings = encode.tokenizer.encode_batch(list(SENTENCES))
    ids = torch.tensor([encoding.ids for encoding in encodings])
    mask = torch.tensor([encoding.attention_mask for encoding in encodings]).bool()
    difference = np.abs(encode(SENTENCES) - _reference(weights, ids, mask)).max()
    print(f"largest absolute difference to torch {torch.__version__}: {difference:.2e}")
    assert difference < TOLERANCE


def _reference(weights: Path, ids: Any, mask: Any) -> Any:
    """ids and mask (batch, tokens) -> vectors (batch, width), by torch.nn alone"""
    from safetensors.torch import load_file

    tensors = load_file(weights / "model.safetensors")
    with torch.no_grad():
        hidden = _embed(tensors, ids)
        for number in range(LAYERS):
            hidden = _layer(tensors, LAYER.format(number))(hidden, src_key_padding_mask=~mask)
        kept = hidden.masked_fill(~mask[:, :, None], 0)
        means = kept.sum(dim=1) / mask.sum(dim=1, keepdim=True)
        return torch.nn.functional.normalize(means, dim=1).numpy()


def _embed(tensors: Any, ids: Any) -> Any:
    words, positions, segments = (
        torch.nn.Embedding.from_pretrained(tensors[f"embeddings.{kind}_embeddings.weight"])
        for kind in ("word", "position", "token_type")
    )
    norm = torch.nn.LayerNorm(WIDTH, eps=EPSILON)
    norm.load_state_dict(_part(tensors, "embeddings.LayerNorm"))
    return norm(words(ids) + positions(torch.arange(ids.shape[1])) + segments(torch.zeros_like(ids)))


def _layer(tensors: Any, prefix: str) -> Any:
    layer = torch.nn.TransformerEncoderLayer(
        WIDTH, HEADS, INNER, activation="gelu", layer_norm_eps=EPSILON, batch_first=True
    )
    for own, named in {
        layer.self_attn.out_proj: "attention.output.dense",
        layer.norm1: "attention.output.LayerNorm",
        layer.linear1: "intermediate.dense",
        layer.linear2: "output.dense",
        layer.norm2: "output.LayerNorm",
    }.items():
        own.load_state_dict(_part(tensors, f"{prefix}.{named}"))
    inputs = [_part(tensors, f"{prefix}.attention.self.{name}") for name in ("query", "key", "value")]
    layer.self_attn.in_proj_weight.copy_(torch.cat([part["weight"] for part in inputs]))
    layer.self_attn.in_proj_bias.copy_(torch.cat([part["bias"] for part in inputs]))
    return layer.eval()


def _part(tensors: Any, prefix: str) -> Any:
    return {name: tensors[f"{prefix}.{name}"] for name in ("weight", "bias")}
