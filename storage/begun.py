"""开到一半: what says of a home that it was not set up to its end yet.

It is written before there is a store, and goes once the shop has its manager; so that no shop is
ever taken for a setting up that was cut off, it says whether the key was kept already.
"""

from __future__ import annotations

from pathlib import Path

from storage.files import sync_folder, write_private

_KEPT = b"key kept\n"


def is_begun(home: Path) -> bool:
    """Whether a home was not set up to its end, as far as was written down."""
    return _path(home).exists()


def is_made(home: Path) -> bool:
    """Whether a home has a store, and was set up to its end."""
    return (home / "store.db").exists() and not is_begun(home)


def has_no_key_yet(home: Path) -> bool:
    """Whether the setting up was cut off before it had kept the key: nobody opened that store."""
    return is_begun(home) and _path(home).read_bytes() != _KEPT


def note_begun(home: Path) -> None:
    """A store is made in this home next."""
    write_private(_path(home), b"")


def note_key(home: Path) -> None:
    """The key is kept: from now on the store itself says whether it is a shop."""
    write_private(_path(home), _KEPT)


def end_begun(home: Path) -> None:
    """The home has its shop."""
    if is_begun(home):
        _path(home).unlink(missing_ok=True)
        sync_folder(home)


def _path(home: Path) -> Path:
    return home / "store.begun"
