"""The encoder as a network that can be trained: layers over layers, begun as the package's own.

What goes in: what earlier layers say of each piece (batch, pieces, 384) and which pieces are real. Names of
parameters are those that `youthvoice.nlp.sentences.encoder` gives the package's weights.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from youthvoice.nlp.sentences.encoder import SHARED, _layers
from youthvoice.nlp.sentences.weights import Weights

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 12


class Dense(nn.Module):
    """A matrix and a bias, under the names `w` and `b`."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.zeros(inputs, outputs))
        self.b = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor) -> Tensor:
        """Multiply and add."""
        return x @ self.w + self.b


class Layer(nn.Module):
    """One BERT layer (Devlin et al. 2019): attention and two dense parts, each with what came in."""

    def __init__(self, epsilon: float) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (Dense(WIDTH, WIDTH) for _ in range(4))
        self.fi, self.fo = Dense(WIDTH, INNER), Dense(INNER, WIDTH)
        self.aln, self.oln = (nn.LayerNorm(WIDTH, eps=epsilon) for _ in range(2))
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, away: Tensor) -> Tensor:
        """`x`: batch, pieces, width; `away`: added to the attention of pieces that are not there."""
        batch, length, _ = x.shape

        def heads(part: Tensor) -> Tensor:
            return part.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        attention = heads(self.q(x)) @ heads(self.k(x)).transpose(-1, -2)
        weights = (attention / math.sqrt(WIDTH // HEADS) + away).softmax(-1)
        mixed = (weights @ heads(self.v(x))).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.aln(x + self.dropout(self.ao(mixed)))
        return self.oln(x + self.dropout(self.fo(nn.functional.gelu(self.fi(x)))))


class Layers(nn.Module):
    """The package's layers from `start` to `end`."""

    def __init__(self, weights: Weights, start: int, end: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList([Layer(weights.epsilon) for _ in range(start, end)])
        values = {name: torch.tensor(value) for name, value in _layers(weights, start, end).items()}
        self.load_state_dict(values, strict=False)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """What the last of the layers says of each piece."""
        away = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            hidden = layer(hidden, away)
        return hidden


class Lower(nn.Module):
    """From the words' vectors to what the shared layers say."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.places = nn.Parameter(torch.zeros(weights.sizes.longest, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=weights.epsilon)
        self.layers = Layers(weights, 0, SHARED).layers

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        """`words`: the vectors of the pieces themselves."""
        hidden = self.norm(words + self.places[: words.shape[1]])
        away = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            hidden = layer(hidden, away)
        return hidden


class Question(nn.Module):
    """Layers over the shared ones that answer a question: a score for each label."""

    def __init__(self, weights: Weights, labels: int) -> None:
        super().__init__()
        self.body = Layers(weights, SHARED, LAYERS)
        self.out = nn.Linear(WIDTH, labels)
        self.dropout = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Scores (batch, labels) before any softmax."""
        last = self.body(hidden, mask)
        there = mask[..., None].float()
        pooled = (last * there).sum(1) / there.sum(1)
        return self.out(self.dropout(pooled))
