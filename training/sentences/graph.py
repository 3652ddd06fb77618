"""Write the encoder's graphs without weights: `python -m training.sentences.graph`.

They depend on the shape of the network only; the weights come from the package when the program runs.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnx import TensorProto
from torch import nn

from training.sentences.network import LAYERS, WIDTH, Layers, Lower
from youthvoice.nlp.sentences.encoder import MODELS, SHARED
from youthvoice.nlp.sentences.weights import Weights

SMALL = 64
"""Tensors of fewer bytes are part of the graph (shapes, constants)."""


def main() -> None:
    """Write both."""
    weights = Weights()
    write(Lower(weights), "words", MODELS / "lower.onnx")
    write(Layers(weights, SHARED, LAYERS), "hidden", MODELS / "upper.onnx")


def write(network: nn.Module, given: str, path: Path) -> None:
    """Write the graph of a network, its weights only named."""
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        export(network, given, full)
        model = onnx.load(str(full))
    for value in model.graph.initializer:
        if len(value.raw_data) > SMALL:
            size = len(value.raw_data)
            value.ClearField("raw_data")
            value.data_location = TensorProto.EXTERNAL
            for key, text in (("location", "package"), ("offset", "0"), ("length", str(size))):
                value.external_data.add(key=key, value=text)
    path.write_bytes(model.SerializeToString())
    print(f"written: {path.name}, {path.stat().st_size / 1e3:.0f} kB")


def export(network: nn.Module, given: str, path: Path, out: str = "out") -> None:
    """Write a network whole, as ONNX, for any number of texts and pieces."""
    network.eval()
    example = (torch.zeros(2, 8, WIDTH), torch.ones(2, 8, dtype=torch.int64))
    axes = {name: {0: "texts", 1: "pieces"} for name in (given, "mask")} | {out: {0: "texts"}}
    torch.onnx.export(
        network, example, str(path), input_names=[given, "mask"], output_names=[out],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


if __name__ == "__main__":
    main()
