import json
import logging

import pytest

from youthvoice import logs


def test_a_log_line_cannot_hold_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    logs.get("test").info(
        "job done", job="collect", text="CANARY", accepted=3, code="CANARY " * 40, topic=object()
    )
    line = capsys.readouterr().err
    assert "CANARY" not in line
    found = json.loads(line)
    assert found["accepted"] == 3 and found["job"] == "collect" and found["dropped_keys"] == 3
    assert found["timestamp"].endswith(":00Z")


@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_leaves_the_root_logger_as_it_was(turn: int) -> None:
    """Or a later one would write to streams that this one had, and print its own lines with the error."""
    kinds = {type(handler) for handler in logging.getLogger().handlers}
    assert logging.StreamHandler not in kinds and logging.getLogger().level == logging.WARNING
    logs.configure()
    assert logging.getLogger().level == logging.CRITICAL
