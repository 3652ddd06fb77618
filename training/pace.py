"""How every network here is trained: the same optimizer, rates that rise and fall, steps that are not too long."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

DECAY, CLIP = 0.01, 1.0


class Pace:
    """AdamW over `groups` (as torch takes them): over the part `warm` of `steps` rates rise, then fall to `least`."""

    def __init__(self, groups: list[dict[str, Any]], steps: int, warm: float, least: float) -> None:
        self._parameters = [one for group in groups for one in group["params"]]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer,
            lambda step: min(1.0, step / (warm * steps)) * max(least, 1 - step / steps),
        )

    def step(self, lost: Tensor) -> float:
        """One step down from this loss; returns it."""
        self._optimizer.zero_grad()
        lost.backward()
        nn.utils.clip_grad_norm_(self._parameters, CLIP)
        self._optimizer.step()
        self._schedule.step()
        return lost.item()
