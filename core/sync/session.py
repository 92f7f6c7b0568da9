"""会话: how a till proves who it is, and how a copy of it is found (sync.md 4 and 7).

Each session spends one nonce and names the next. A till that was restored, or whose disk was
cloned, comes with one that was spent, or with a chain that is shorter than what is here, or of
another branch.
"""

from __future__ import annotations

import hashlib
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct, to_builtins

from core.errors import NotUnderstood
from core.values.canonical import canonical
from core.values.fields import LARGEST, LONGEST_TEXT

NONCE_BYTES = 16
TOKEN_BYTES = 32
SESSION_US = 15 * 60 * 1_000_000
LONGEST_HELLO = 4096
HIGHEST = 1 << 31
"""Of incarnations: far above all that there will be."""
# `$` alone lets a line break stand behind it; this end is one for every reader of the schema.
_END = "(?![\\s\\S])"
Nonce = Annotated[str, Meta(pattern=f"^[0-9a-f]{{32}}{_END}")]
Hash = Annotated[str, Meta(pattern=f"^[0-9a-f]{{64}}{_END}")]
ChainKey = Annotated[str, Meta(pattern=f"^(?:[0-9a-f]{{64}})?{_END}")]
Lock = Annotated[str, Meta(pattern=f"^(?:[0-9a-f]{{64}})?{_END}")]
Token = Annotated[str, Meta(pattern=f"^[0-9a-f]{{64}}{_END}")]
Signature = Annotated[str, Meta(pattern=f"^[0-9a-f]{{128}}{_END}")]
"""In hexadecimal; `Hash` is also the spelling of a public key."""
Whole = Annotated[int, Meta(ge=0, le=LARGEST)]
Words = Annotated[str, Meta(max_length=LONGEST_TEXT, pattern=f"^[^\\x00-\\x1f]*{_END}")]


TILL, OFFICE = "till", "office"
"""收银台 · 后台电脑: what joins a chain. An office PC sells nothing, and its till number is 0."""


class Enrolment(Struct, frozen=True):
    """A till that joins a chain: who and where it is, its public key and its first nonce in hex."""

    till_id: UUID
    store_code: Words
    till_no: Whole
    incarnation: Whole
    public_key: Hash
    nonce: Nonce
    program: Words = ""


class Joining(Struct, frozen=True):
    """What is sent to join: the code of a place, and the till that is to stand there."""

    code: Words
    enrolment: Enrolment


class Asking(Struct, frozen=True):
    """What is sent to ask what a code is for."""

    code: Words


class Invited(Struct, frozen=True):
    """What a code is for: nobody is anything by it yet.

    `replaces`: who stands there now is revoked as soon as another joins.
    """

    chain_name: Annotated[Words, Meta(min_length=1)]
    store_code: Annotated[Words, Meta(min_length=1)]
    store_name: Words
    till_no: Whole
    until_us: Whole
    kind: Words = TILL
    replaces: bool = False


class Enrolled(Struct, frozen=True):
    """It has joined: the name of the chain, and of the store as the server has it.

    `incarnation` is the one to go on with: where another machine stood before, its numbers are not
    given twice.
    """

    chain_name: Annotated[Words, Meta(min_length=1)]
    store_name: Words
    incarnation: Annotated[int, Meta(ge=0, le=HIGHEST)] = 0


class Told(Struct, frozen=True):
    """The last event of an incarnation that a till was told is kept.

    Where the server does not have it, it was put back, and has forgotten what it told; others may
    lie in those places, of another copy of the till. `mark` is what it is kept apart by.
    """

    seq: Whole
    hash: Hash
    mark: Hash


class Hello(Struct, frozen=True):
    """The beginning of a session: nonce that was kept, nonce from now on, and the chain's head.

    `at_us` is the till's own clock. A newer till may say more: what is not known here is passed by.
    `lock` is made of a secret that the till keeps: the token serves with that secret behind it, and
    so is useless to whoever says the same hello once more. `spends_until_us`: of what is set aside
    for this till and may still be spent there, the first end, as the server said it.
    """

    till_id: UUID
    incarnation: Whole
    seq: Whole
    hash: Hash
    nonce: Nonce
    next_nonce: Nonce
    at_us: Whole
    version: Whole
    program: Words = ""
    told: Told | None = None
    lock: Lock = ""
    spends_until_us: Whole | None = None


class SignedHello(Struct, frozen=True):
    """A hello as it travels: the text that was signed, in UTF-8, and its signature in hex."""

    hello: Annotated[str, Meta(max_length=LONGEST_HELLO)]
    signature: Signature


class Session(Struct, frozen=True):
    """What the server answers: until when its `token` serves, and how far it has the chain.

    `now_us` is the server's clock, `version` what both speak from now on; `chain_key` in hex is
    what blind keys are made with (`core.sync.directory`), "" from a server that has none.
    """

    token: Token
    until_us: Whole
    now_us: Whole
    incarnation: Whole
    durable_through: Whole
    version: Whole = 0
    chain_key: ChainKey = ""


def lock_of(secret: str) -> str:
    """What a hello says of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def unlocked(token: str, secret: str) -> str:
    """A token as it serves: with the secret of its lock behind it."""
    return f"{token}.{secret}"


def digest_of(token: str, lock: str) -> bytes:
    """What the server keeps of a token that serves under a lock; "" is none."""
    return hashlib.sha256((token + lock).encode()).digest()


def served_digest(told: str) -> bytes:
    """The same of a token as it comes, with the secret of its lock behind it, where it has one."""
    token, _, secret = told.partition(".")
    return digest_of(token, lock_of(secret) if secret else "")


def hello_text(hello: Hello) -> str:
    """What is signed and sent."""
    return canonical(to_builtins(hello)).decode()


def read_hello(signed: SignedHello) -> Hello:
    """What a hello says; raises NotUnderstood. Whether it is signed is asked of its text."""
    try:
        return msgspec.json.decode(signed.hello, type=Hello)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise NotUnderstood(str(error)) from None
