"""密钥: the 256-bit key of the store: in the system's keystore, or in a file only we may read.

The recovery file holds the key as text that can be typed in again: it is what a shop has left when
the machine is gone and a backup is not. Neither key nor recovery text ever enters a log.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from core.errors import BadRecoveryFile, FileUnreadable, KeyMissing, NoStore, WrongKey
from storage.engine import connect
from storage.faults import faults_of
from storage.files import open_file, write_private

KEY_BYTES = 32
_SERVICE = "shuke"
_FIRST_LINE = "SHUKE-RECOVERY-1"
_LONGEST_RECOVERY = 65_536
_GROUP = 4


class Vault(Protocol):
    """The operating system's keystore."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


class KeptKey(Struct, frozen=True):
    """A key and where it lies; with `is_in_file` the caller warns: this machine has no keystore."""

    key: bytes
    is_in_file: bool

    def __repr__(self) -> str:
        return f"KeptKey(is_in_file={self.is_in_file})"


def system_vault() -> Vault | None:
    """The keystore of this machine; None where there is none, as on a Linux without a desktop."""
    import keyring
    from keyring.backends import fail, null
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
    except (OSError, KeyringError):
        return None
    if isinstance(backend, fail.Keyring | null.Keyring) or backend.priority < 1:
        return None
    return backend


def key_path(home: Path) -> Path:
    """Where the key lies on a machine without a keystore."""
    return home / "store.key"


def make_key(home: Path, key: bytes, *, vault: Vault | None) -> KeptKey:
    """Keep a fresh random key for a home; it is read back before it is believed."""
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    if vault is not None and _does_vault_keep(vault, _name(home), key.hex()):
        return KeptKey(key, is_in_file=False)
    with faults_of(home):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(key_path(home), key.hex().encode() + b"\n")
    return KeptKey(key, is_in_file=True)


def load_key(home: Path, *, vault: Vault | None) -> KeptKey:
    """The key of a home; raises KeyMissing, or WrongKey where the key file is damaged."""
    path = key_path(home)
    with faults_of(path):
        text = path.read_text("ascii", "replace").strip() if path.exists() else None
    is_in_file = text is not None
    if text is None and vault is not None:
        text = _told_by(vault, _name(home))
    if text is None:
        raise KeyMissing(str(path))
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise WrongKey(str(path))
    return KeptKey(key, is_in_file=is_in_file)


def save_recovery(path: Path, key: bytes, *, till_id: UUID, words: str) -> None:
    """Write the recovery file; `words` tell its reader what it is for, and stand on top of it."""
    code = base64.b32encode(key + _checksum(key, till_id)).decode().rstrip("=")
    groups = "-".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))
    head = "".join(f"# {line}\n" for line in words.splitlines())
    text = f"{head}{_FIRST_LINE}\nstore {till_id}\nkey {groups}\n"
    with faults_of(path):
        write_private(path, text.encode())


def keep_place(home: Path, recovery: Path) -> None:
    """Remember where the recovery file went, so that somebody can be told that it still lies there.

    Only the place: what stands in the file is nowhere else.
    """
    with faults_of(home):
        write_private(_place_path(home), os.fsencode(recovery.resolve()))


def remove_recovery(home: Path, key: bytes) -> None:
    """Remove the recovery file of a home that is no shop, where it still is the one of its key."""
    if not _place_path(home).exists():
        return
    place = Path(os.fsdecode(_place_path(home).read_bytes()))
    with suppress(FileUnreadable, BadRecoveryFile):
        if read_recovery(place)[0] == key:
            place.unlink()


def lying_recovery(home: Path) -> Path | None:
    """A recovery file that can still be read from this machine: in the home, or where it went."""
    places = sorted(home.glob("*.txt"))
    if _place_path(home).exists():
        places.append(Path(os.fsdecode(_place_path(home).read_bytes())))
    return next((each for each in places if _is_recovery(each)), None)


def _place_path(home: Path) -> Path:
    return home / "store.recovery"


def _is_recovery(path: Path) -> bool:
    try:
        with open_file(path) as file:
            return _FIRST_LINE.encode() in file.read(4096)
    except OSError:  # gone, or on a stick that is in somebody's safe
        return False


def read_recovery(path: Path) -> tuple[bytes, UUID]:
    """Key and till id of a recovery file; raises FileUnreadable, BadRecoveryFile."""
    try:
        with open_file(path) as file:
            text = file.read(_LONGEST_RECOVERY).decode("utf-8-sig", "replace")
    except OSError as error:
        raise FileUnreadable(str(path)) from error
    facts = dict(line.split(None, 1) for line in text.splitlines() if len(line.split()) == 2)
    try:
        till_id = UUID(facts["store"].strip())
        code = facts["key"].strip().upper().replace("-", "")
        data = base64.b32decode(code + "=" * (-len(code) % 8))
    except (KeyError, ValueError, binascii.Error) as error:
        raise BadRecoveryFile(str(path)) from error
    key, checksum = data[:KEY_BYTES], data[KEY_BYTES:]
    if _FIRST_LINE not in text or checksum != _checksum(key, till_id):
        raise BadRecoveryFile(str(path))
    return key, till_id


def recover(home: Path, recovery: Path, *, vault: Vault | None) -> KeptKey:
    """Keep the key of a recovery file for the store of a home, once it has opened that store."""
    key, _ = read_recovery(recovery)
    store = home / "store.db"
    if not store.exists():
        raise NoStore(str(store))
    try:
        connect(store, key, is_reader=True).close()
    except WrongKey as error:
        raise BadRecoveryFile(str(recovery)) from error
    kept = make_key(home, key, vault=vault)
    keep_place(home, recovery)
    return kept


def _does_vault_keep(vault: Vault, name: str, text: str) -> bool:
    from keyring.errors import KeyringError

    try:
        vault.set_password(_SERVICE, name, text)
    except KeyringError:
        return False
    return _told_by(vault, name) == text


def _told_by(vault: Vault, name: str) -> str | None:
    """What the keystore holds; None also where it is locked or out of order."""
    from keyring.errors import KeyringError

    try:
        return vault.get_password(_SERVICE, name)
    except KeyringError:
        return None


def _name(home: Path) -> str:
    return str(home.resolve())


def _checksum(key: bytes, till_id: UUID) -> bytes:
    return hashlib.sha256(b"shuke recovery" + till_id.bytes + key).digest()[:4]
