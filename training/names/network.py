"""The tagger as a network: three layers over the encoder's third, begun as the encoder's last three.

What goes in: the encoder's third layer for each piece (384 numbers), which pieces are real, and the five
numbers of `shape`. What comes out: a score for each label and piece.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from training.names.data import LABELS
from youthvoice.nlp.pii.shape import SIZES

FIRST, LAST = 3, 6
"""Which of the encoder's layers the tagger's begin as."""
WIDTH, HEADS, INNER = 384, 12, 1536
_PARTS = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "joined": "attention.output.dense", "after": "attention.output.LayerNorm",
    "inner": "intermediate.dense", "outer": "output.dense", "last": "output.LayerNorm",
}  # fmt: skip


class Layer(nn.Module):
    """One BERT layer (Devlin et al. 2019): attention and two dense parts, each with what came in."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.joined = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.after, self.last = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, away: Tensor) -> Tensor:
        """`x`: batch, pieces, width; `away`: added to the attention of pieces that are not there."""
        batch, length, _ = x.shape

        def heads(part: Tensor) -> Tensor:
            return part.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        attention = heads(self.query(x)) @ heads(self.key(x)).transpose(-1, -2)
        weights = (attention / math.sqrt(WIDTH // HEADS) + away).softmax(-1)
        mixed = (weights @ heads(self.value(x))).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.after(x + self.dropout(self.joined(mixed)))
        return self.last(x + self.dropout(self.outer(nn.functional.gelu(self.inner(x)))))


class Tagger(nn.Module):
    """The whole network."""

    def __init__(self) -> None:
        super().__init__()
        self.shapes = nn.ModuleList([nn.Embedding(size, WIDTH) for size in SIZES])
        for table in self.shapes:
            nn.init.normal_(table.weight, std=0.02)
        self.layers = nn.ModuleList([Layer() for _ in range(FIRST, LAST)])
        self.dropout = nn.Dropout(0.1)
        self.out = nn.Linear(WIDTH, len(LABELS))

    def forward(self, hidden: Tensor, mask: Tensor, shapes: Tensor) -> Tensor:
        """Scores (batch, pieces, labels) before the softmax."""
        away = (1.0 - mask[:, None, None, :].float()) * -1e4
        x = hidden
        for number, table in enumerate(self.shapes):
            x = x + table(shapes[..., number])
        for layer in self.layers:
            x = layer(x, away)
        return self.out(self.dropout(x))

    def begin_as(self, model: Path) -> None:
        """Take the weights of the encoder's last layers from its ONNX file."""
        weights = encoder_weights(model)
        for number, layer in enumerate(self.layers, start=FIRST):
            for part, name in _PARTS.items():
                module = getattr(layer, part)
                for kind in ("weight", "bias"):
                    value = weights[f"bert.encoder.layer.{number}.{name}.{kind}"]
                    getattr(module, kind).data = torch.tensor(value)


def encoder_weights(model: Path) -> Mapping[str, np.ndarray]:
    """Every weight of the encoder's ONNX file by its BERT name, the four-bit ones unpacked.

    (ONNX Runtime's MatMulNBits: blocks of 32 along the input, low half of each byte first, zero at 8.)
    """
    graph = onnx.load(str(model)).graph
    values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    weights = {name: np.array(value) for name, value in values.items() if name.startswith("bert.")}
    for node in graph.node:
        if node.op_type != "MatMulNBits":
            continue
        packed, scales = values[node.input[1]], values[node.input[2]]
        rows, blocks, _ = packed.shape
        halves = np.stack([packed & 15, packed >> 4], -1).reshape(rows, blocks, 32)
        name = node.name.strip("/").split("/MatMul")[0].replace("/", ".")
        unpacked = (halves.astype(np.float32) - 8) * scales.reshape(rows, blocks, 1)
        weights[f"{name}.weight"] = unpacked.reshape(rows, blocks * 32)
    return weights
