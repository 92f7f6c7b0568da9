"""城里: what people have in their hands, to whichever till of the chain they come with it next."""

from __future__ import annotations

import random
from collections import defaultdict
from uuid import UUID

import msgspec
from msgspec import Struct


class Recalled(Struct, frozen=True):
    """取过的单: who took a held basket up, and whether the server had said that they may."""

    home: str
    at_us: int
    was_asked: bool


class Town(Struct):
    """Members, and papers: codes that can be used once, and receipts; all may be shown again.

    `claimed` are the codes and the lines that some till had from the server for itself when it
    used them or took them back: each code with its sale, each return by its id. `roots` tell of a
    basket that was taken up which one it was when it was held first, `recalled` by whom.
    """

    people: list[UUID] = msgspec.field(default_factory=list)
    phones: list[str] = msgspec.field(default_factory=list)
    codes: list[str] = msgspec.field(default_factory=list)
    receipts: list[str] = msgspec.field(default_factory=list)
    claimed: set[tuple[str, UUID]] = msgspec.field(default_factory=set)
    claimed_back: set[UUID] = msgspec.field(default_factory=set)
    roots: dict[UUID, UUID] = msgspec.field(default_factory=dict)
    recalled: dict[UUID, Recalled] = msgspec.field(default_factory=dict)
    sold: defaultdict[UUID, list[UUID]] = msgspec.field(default_factory=lambda: defaultdict(list))
    """By the basket that was held first: the sales that came of it."""
    erased: set[UUID] = msgspec.field(default_factory=set)
    """Of whom somebody at head office has in writing that they are forgotten."""

    has_copies: bool = False
    """Whether any till was ever put back or cloned: there may be forks, and what is over stands
    there once more."""

    def is_gone(self, held_id: UUID) -> bool:
        """Whether a basket stands on an old state of a disk, and its customer is at home."""
        return self.has_copies and bool(self.sold[self.root_of(held_id)])

    def root_of(self, sale_id: UUID) -> UUID:
        """Which basket it was when it was held first."""
        return self.roots.get(sale_id, sale_id)

    def confirm(self, sale_id: UUID, no: str) -> None:
        """A customer has gone with their goods, and has a receipt."""
        self.receipts.append(no)
        self.sold[self.root_of(sale_id)].append(sale_id)

    def phone(self, dice: random.Random) -> str:
        """Of somebody who joins: now and then one that has joined at some till before."""
        if self.phones and dice.random() < 0.2:
            return dice.choice(self.phones)
        self.phones.append(str(13_900_000_000 + dice.randrange(100_000_000)))
        return self.phones[-1]
