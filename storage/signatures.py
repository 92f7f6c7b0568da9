"""签名: Ed25519 keys and signatures as their raw bytes; loaded where there is a chain."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class Ed25519:
    """Implements `core.ports.central.Keys`."""

    def make(self) -> bytes:
        """A fresh private key."""
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def public_of(self, private_key: bytes) -> bytes:
        """What anybody may know of it."""
        return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()

    def sign(self, private_key: bytes, data: bytes) -> bytes:
        """The proof that whoever has this key says so."""
        return Ed25519PrivateKey.from_private_bytes(private_key).sign(data)

    def is_signed(self, public_key: bytes, data: bytes, signature: bytes) -> bool:
        """Whether it is one: False also for what is no key, or no signature at all."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True
