"""Train a question's layers over the encoder's first ones, and write them.

Half precision (bfloat16) where the machine has it; the batches are of texts of about one length.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor

from training.pace import Pace
from training.sentences.graph import export
from training.sentences.network import Question
from youthvoice.nlp.sentences.encoder import Read, Sentences
from youthvoice.nlp.sentences.weights import Weights

RATE, HEAD_RATE, WARM = 1e-4, 10, 0.06
SORTED = 20
"""So many batches are sorted by length together: short texts are not filled up to long ones."""
WIDEST, BLOCK = "/fo/MatMul", 128

Loss = Callable[[Tensor, Tensor], Tensor]
Shown = Callable[[random.Random], tuple[Sequence[Any], np.ndarray]]
"""One pass's texts (or pairs of texts) and targets, varied as the task wishes."""


def fit(
    shown: Shown, labels: int, loss: Loss, epochs: int, *, rate: float = RATE, seed: int = 1,
    batch: int = 32, prior: float = 0.0,
) -> Question:  # fmt: skip
    """Train; prints the loss of each pass. `prior`: what the scores begin at."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    sentences, network = Sentences(), Question(Weights(), labels)
    network.out.bias.data[:] = prior
    steps = max(1, len(shown(random.Random(0))[0]) // batch) * epochs
    groups = [
        {"params": list(network.body.parameters()), "lr": rate},
        {"params": list(network.out.parameters()), "lr": rate * HEAD_RATE},
    ]
    pace = Pace(groups, steps, WARM, least=0.01)
    for epoch in range(epochs):
        started, losses = time.monotonic(), []
        network.train()
        texts, targets = shown(chance)
        for read in reads(sentences, texts, chance, batch):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(torch.tensor(read.hidden), torch.tensor(read.mask))
            lost = loss(scores.float(), torch.tensor(targets[read.texts]))
            losses.append(pace.step(lost))
        print(
            f"pass {epoch + 1}: loss {np.mean(losses):.4f}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return network


def reads(
    sentences: Sentences, texts: Sequence[Any], chance: random.Random, batch: int
) -> list[Read]:
    """Every text once, in batches of about one length, in an order of chance."""
    order = list(range(len(texts)))
    chance.shuffle(order)
    found: list[Read] = []
    for start in range(0, len(order), batch * SORTED):
        chosen = order[start : start + batch * SORTED]
        some = [texts[place] for place in chosen]
        pairs = some and not isinstance(some[0], str)
        for read in sentences.read_pairs(some) if pairs else sentences.read(some):
            places = np.array([chosen[place] for place in read.texts])
            found.append(Read(places, read.mask, read.hidden))
    chance.shuffle(found)
    return found


def write(
    network: Question, name: str, about: dict[str, Any], folder: Path, *, steady: bool = False
) -> None:
    """Write a trained network with eight-bit weights, and what is to be known of it.

    `steady`: what a text is read with moves its scores a third as much, in 1.3 times the time (`eight_bits`).
    """
    with tempfile.TemporaryDirectory() as temporary:
        full = Path(temporary) / "full.onnx"
        export(network, "hidden", full, "scores")
        eight_bits(full, folder / f"{name}.onnx", steady=steady)
    (folder / f"{name}.json").write_text(
        json.dumps(about, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    print(f"written: {name}.onnx, {(folder / f'{name}.onnx').stat().st_size / 1e6:.1f} MB")


def eight_bits(full: Path, to: Path, *, steady: bool) -> None:
    """A network with eight-bit weights, its activations rounded by the batch.

    `steady`: but for each layer's widest sums, which hold the outliers: there both by blocks of `BLOCK`.
    """
    network = onnx.load(full)
    sums = [node.name for node in network.graph.node if node.op_type == "MatMul"]
    widest = [name for name in sums if name.endswith(WIDEST)] if steady else []
    if steady and not widest:
        raise ValueError(f"no product is called {WIDEST}: see training/sentences/network.py")
    quantize_dynamic(
        full, to, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=widest
    )
    if widest:
        blocks = MatMulNBitsQuantizer(
            onnx.load(to), bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=4,
            nodes_to_exclude=[name for name in sums if name not in widest],
        )  # fmt: skip
        blocks.process()
        blocks.model.save_model_to_file(str(to), False)
