"""What takes long to make and is the same for all processes and runs of the tests: made once, kept in var/tests."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.conf import settings

FOLDER = settings.VAR_DIR / "tests"


@contextmanager
def alone() -> Iterator[None]:
    """While other processes that want the same wait."""
    settings.VAR_DIR.mkdir(mode=0o700, exist_ok=True)
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_of(*patterns: str) -> str:
    """A word that is another one as soon as one of these files of the project is."""
    digest = sha256()
    for path in sorted(path for pattern in patterns for path in settings.BASE_DIR.glob(pattern) if path.is_file()):
        digest.update(f"{path.relative_to(settings.BASE_DIR)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
