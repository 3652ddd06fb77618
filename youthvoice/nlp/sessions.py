"""How onnxruntime runs our models: the same for the encoder and the tagger."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

NO_SPINNING = ("session.intra_op.allow_spinning", "0")
"""Threads sleep while they wait: other work on the machine goes on, and nothing is burnt between messages."""
MOST_THREADS = 4
ERRORS_ONLY = 3


def session(model: bytes, threads: int, weights: Mapping[str, Any] | None = None) -> Any:
    """The runtime's session of an ONNX model; `threads`: 0 as many as there are cores, four at most.

    `weights`: arrays for the values that the model names but does not hold.

    Raises ImportError without the runtime, and whatever the runtime raises for bytes that are no model.
    """
    import onnxruntime  # a command that reads no text need not load it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or min(MOST_THREADS, os.cpu_count() or 1)
    options.log_severity_level = ERRORS_ONLY
    options.add_session_config_entry(*NO_SPINNING)
    if weights:
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in weights.values()]
        options.add_external_initializers(list(weights), values)
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
