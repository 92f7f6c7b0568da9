"""说到谁: of whom the events of one life of a till say something, each event read but once.

An import names more members in one event than all sales of a day: their ids are kept as they lie
side by side, in a tenth of the room that as many objects take, and are no work for whoever looks
for garbage.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct, field

SEVERAL = 64
"""Of more members than this an event is a crowd."""


class _Crowd(Struct, frozen=True):
    seq: int
    first: bytes
    last: bytes
    ids: bytes


class Named(Struct):
    """Of the events behind `begins`, up to `came_to`."""

    begins: int
    came_to: int
    _last: dict[UUID, int] = field(default_factory=dict)
    _crowds: list[_Crowd] = field(default_factory=list)

    def add(self, seq: int, members: Collection[UUID]) -> None:
        """The next event, and of whom it says something."""
        if len(members) > SEVERAL:
            ids = sorted(member.bytes for member in members)
            self._crowds.append(_Crowd(seq, ids[0], ids[-1], b"".join(ids)))
        else:
            self._last |= dict.fromkeys(members, seq)
        self.came_to = seq

    def forget(self, through: int) -> None:
        """What lies up to this number is asked for no more."""
        if through > self.begins:
            self._last = {member: seq for member, seq in self._last.items() if seq > through}
            self._crowds = [crowd for crowd in self._crowds if crowd.seq > through]
            self.begins = through

    def among(self, members: Collection[UUID]) -> set[UUID]:
        """Which of these are named.

        Where two neighbours in a crowd look together as one who is not in it, that one is named
        once too often: in so many bits it will not be.
        """
        found = self._last.keys() & members
        for crowd in self._crowds:
            found |= {
                member
                for member in members
                if crowd.first <= member.bytes <= crowd.last and member.bytes in crowd.ids
            }
        return found
