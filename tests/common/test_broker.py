"""The broker of files passes messages on and does not die of half a one."""

import pytest
from kombu import Connection


@pytest.fixture
def queue(tmp_path):
    folders = ("data_folder_in", "data_folder_out", "control_folder")
    options = {folder: str(tmp_path) for folder in folders}
    transport = "portal.common.broker:Transport"
    with Connection(transport=transport, transport_options=options) as connection:
        # kombu remembers for the whole process which queues it knows.
        yield connection.SimpleQueue(tmp_path.name)


@pytest.mark.parametrize("half", ["", '{"body": "'])
def test_leaves_half_a_message_out(queue, tmp_path, half):
    (tmp_path / f"0_half.{tmp_path.name}.msg").write_text(half)
    queue.put("whole")

    assert queue.get(timeout=5).payload == "whole"

    assert not list(tmp_path.glob("*.msg"))
