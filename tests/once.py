"""What takes long is made once in a run, whichever worker needs it first."""

import os
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 600  # seconds that the other worker may take
MADE = "made"
Make = Callable[[Path], None]


class Once:
    """Folders that the workers of one run share."""

    def __init__(self, folder_of_the_worker: Path) -> None:
        shared = "PYTEST_XDIST_WORKER" in os.environ
        self._root = (folder_of_the_worker.parent if shared else folder_of_the_worker) / "once"
        self._root.mkdir(exist_ok=True)

    def __call__(self, name: str, make: Make) -> Path:
        """The folder of that name, filled by ``make``; it is read, never written."""
        folder = self._root / name
        try:
            folder.mkdir()
        except FileExistsError:
            _wait_for(folder / MADE)
        else:
            make(folder)
            (folder / MADE).touch()
        return folder


def _wait_for(sign: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not sign.exists():
        assert time.monotonic() < end, f"{sign.parent.name} was not made within {PATIENCE} s"
        time.sleep(0.05)
