import tempfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def place():
    """A folder that the database's system user reaches; pytest closes its own to others whenever it starts anew."""
    with tempfile.TemporaryDirectory(prefix="cistor-house-", dir="/var/tmp") as folder:
        yield Path(folder)
