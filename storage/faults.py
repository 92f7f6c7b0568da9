"""故障: the one place where error codes of the database and the disk become errors of core."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import DiskFailed, DiskFull, ReadOnly, Shortfall, StoreDamaged

BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB, PERM, AUTH = (
    5, 6, 8, 10, 11, 13, 14, 26, 3, 23,
)  # fmt: skip


def primary_code(error: BaseException) -> int:
    """The primary result code of a driver's error; 0 where it has none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def shortfall_of(error: BaseException, path: Path) -> Shortfall | None:
    """What a driver's or system error means to the till; None where it is a bug of ours."""
    if isinstance(error, OSError):
        return _of_system(error, path)
    code = primary_code(error)
    if code == FULL:
        return DiskFull()
    if code in (READONLY, PERM):
        return ReadOnly(str(path))
    if code in (CORRUPT, NOTADB):
        return StoreDamaged(str(path))
    if code in (IOERR, CANTOPEN, BUSY, LOCKED):
        return DiskFailed(str(getattr(error, "sqlite_errorname", code)))
    return None


def _of_system(error: OSError, path: Path) -> Shortfall:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnly(str(error.filename or path))
    return DiskFailed(errno.errorcode.get(error.errno or 0, "OSError"))


@contextmanager
def faults_within(path: Path) -> Iterator[None]:
    """As `faults_of`, but errors of the system pass unchanged: they are those of the caller."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise_known(error, path)
        raise


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Turn errors of the driver and the system into `Unavailable`; others pass unchanged."""
    try:
        yield
    except Exception as error:
        raise_known(error, path)
        raise


def raise_known(error: Exception, path: Path) -> None:
    """Raise what the error means to the till, where it means something."""
    if isinstance(error, Shortfall):
        return
    known = shortfall_of(error, path)
    if known is not None:
        raise known from error
