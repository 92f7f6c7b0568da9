"""设定: how patient the server is."""

from __future__ import annotations

from msgspec import Struct


class Settings(Struct, frozen=True):
    """`…_a_minute`: how often one address may ask for that; a store's tills share an address.

    `looks_a_minute`: how often one till, in a session, may look at members of others in full.
    `stop_s`: how long what was begun may take when the server is told to stop. `threads`: how many
    requests are worked on at once, beside those for points (`urgent`), those that have to have all
    read first (`readers`) and the `pushes`; of these and those so many are `waiting`.
    `connections`: how many at once; others come again.
    """

    enrolments_a_minute: int = 10
    sessions_a_minute: int = 120
    pages_a_minute: int = 1200
    looks_a_minute: int = 20
    admin_codes_a_minute: int = 5
    admins_a_minute: int = 120
    stop_s: int = 20
    threads: int = 4
    urgent: int = 4
    readers: int = 2
    pushes: int = 3
    waiting: int = 64
    connections: int = 800
