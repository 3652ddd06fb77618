import json

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
