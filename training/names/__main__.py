"""Train the tagger and write it: `python -m training.names --shared ../shared/data [--without btc_h.conll,…]`.

`--without` leaves sets out, to measure on them; the shipped tagger is trained with all. Takes about half an
hour on two cores. Needs requirements/training.in.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.names import data
from training.names.data import LABELS, Example
from training.names.network import WIDTH, Tagger
from training.pace import Pace
from youthvoice.nlp.packages import package_folder
from youthvoice.nlp.pii.encoder import PACKAGE, Encoder, Read
from youthvoice.nlp.pii.lists import names
from youthvoice.nlp.pii.shape import SIZES, shapes
from youthvoice.nlp.pii.tagger import MODEL

EPOCHS, RATE, OWN_TWICE, SEED = 4, 2e-4, 2, 1
HEAD_RATE = 10
"""The new parts learn this much faster than those that begin as the encoder's."""
NOT_COUNTED = -100
AT_ONCE = 4_000


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--without", default="", help="sets to leave out, by comma")
    parser.add_argument(
        "--more", type=Path, nargs="*", default=[], help="more labelled sets of ours"
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    without = set(given.without.split(","))
    far = [
        example
        for name in data.CONLL
        if name not in without
        for example in data.examples(given.shared / "names-dev" / name, own=False)
    ]
    own = data.own_texts() + [e for path in given.more for e in data.examples(path, own=True)]
    print(f"{len(far):,} texts of others, {len(own):,} of ours")
    write(train(far, own, given.epochs), given.out)
    print(f"written: {given.out.name}, {given.out.stat().st_size / 1e6:.1f} MB")


def train(far: Sequence[Example], own: Sequence[Example], epochs: int) -> Tagger:
    """Train on the examples; prints the loss of each pass."""
    chance = random.Random(SEED)
    torch.manual_seed(SEED)
    encoder = Encoder()
    tagger = Tagger()
    tagger.begin_as(package_folder(PACKAGE) / "models" / "rampart" / "onnx" / "model_q4.onnx")
    other = data.Names(chance, own)
    seen = [*far, *(own * OWN_TWICE)]
    new = [*tagger.shapes.parameters(), *tagger.out.parameters()]
    steps = len(seen) // 32 * epochs
    groups = [
        {"params": list(tagger.layers.parameters()), "lr": RATE},
        {"params": new, "lr": RATE * HEAD_RATE},
    ]
    pace = Pace(groups, steps, warm=0.06, least=0.0)
    emphasis = torch.tensor([1.5 if label == "name" else 1.0 for label in LABELS])
    measure = nn.CrossEntropyLoss(ignore_index=NOT_COUNTED, weight=emphasis)
    for epoch in range(epochs):
        started, losses = time.monotonic(), []
        tagger.train()
        for hidden, mask, shape, wanted in batches(encoder, seen, other, chance):
            loss = measure(tagger(hidden, mask, shape).flatten(0, 1), wanted.flatten())
            losses.append(pace.step(loss))
        print(
            f"pass {epoch + 1}: loss {np.mean(losses):.4f}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return tagger


def batches(
    encoder: Encoder, seen: Sequence[Example], other: data.Names, chance: random.Random
) -> Iterator[tuple[Tensor, Tensor, Tensor, Tensor]]:
    """One pass over all examples, each shown in its way of this time, in batches of one length."""
    order = list(seen)
    chance.shuffle(order)
    for start in range(0, len(order), AT_ONCE):
        shown = [data.varied(example, other, chance) for example in order[start : start + AT_ONCE]]
        reads = list(encoder.read([example.text for example in shown]))
        chance.shuffle(reads)
        for read in reads:
            yield tensors(read, shown)


def tensors(read: Read, shown: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """What the network takes, and the label of each piece."""
    wanted = np.full(read.mask.shape, NOT_COUNTED, np.int64)
    shape = np.zeros((*read.mask.shape, len(SIZES)), np.int64)
    for row, window in enumerate(read.windows):
        example = shown[window.text]
        count = len(window.ids)
        if count:
            shape[row, 1 : count + 1] = shapes(example.text, window.offsets, names())
            wanted[row, 1 : count + 1] = [_label(example, *piece) for piece in window.offsets]
    return (
        torch.tensor(read.hidden),
        torch.tensor(read.mask),
        torch.tensor(shape),
        torch.tensor(wanted),
    )


def _label(example: Example, start: int, end: int) -> int:
    for span_start, span_end, label in example.spans:
        if span_start < end and start < span_end:
            return LABELS.index(label)
    return 0


def write(tagger: Tagger, path: Path) -> None:
    """Write the network as ONNX with eight-bit weights."""
    tagger.eval()
    path.parent.mkdir(parents=True, exist_ok=True)
    example = (
        torch.zeros(2, 8, WIDTH),
        torch.ones(2, 8, dtype=torch.int64),
        torch.zeros(2, 8, len(SIZES), dtype=torch.int64),
    )
    inputs = ["hidden", "mask", "shapes"]
    axes = {name: {0: "texts", 1: "pieces"} for name in [*inputs, "scores"]}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            tagger, example, str(full), input_names=inputs, output_names=["scores"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True)


if __name__ == "__main__":
    main()
