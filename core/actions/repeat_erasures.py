"""再次删除: a store that was put back to an earlier time forgets whom it had forgotten.

Erasure beats everything, for ever (sync.md 5): nobody is back because a computer broke.
"""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from core.errors import Unavailable
from core.ports import Reading, Writing
from core.ports.erased import Gone
from core.shop import Shop


def repeat_erasures(shop: Shop) -> None:
    """Whom a store that was put back has again goes, each with a row in the audit log.

    A full disk keeps nobody from selling: then the next start does it.
    """
    known = shop.store.erased.known()
    with shop.store.read() as reading:
        back = [each for each in known if _back(reading, each) is not None]
    with suppress(Unavailable):
        for each in back:
            with shop.store.write() as tx:
                if (left := _back(tx, each)) is not None:
                    _erase_again(shop, tx, left)


def _back(reading: Reading, gone: Gone) -> Gone | None:
    """With those of their ids that are here; None where nobody has a name by any of them."""
    here = reading.mirror.known(gone.members)
    is_back = any(each.member.name for each in here.values())
    return replace(gone, members=tuple(here)) if is_back else None


def _erase_again(shop: Shop, tx: Writing, gone: Gone) -> None:
    # Most starts find nobody, and need nothing of it.
    from core.actions.forget_member import erase_here
    from core.actions.telling import tell
    from core.members.certificate import Certificate
    from core.sync.erasure import ASKED

    moment = shop.moment(tx)
    kept = erase_here(shop, tx, moment, gone.members)
    made = (shop.new_id(), gone.members[0], moment.at_us, moment.business_on, 0, gone.why, kept)
    tx.forgotten.keep(Certificate(*made))
    for each in gone.members:
        tx.audit.note(
            "erasure_repeated",
            at_us=moment.at_us,
            staff_no=0,
            subject=each.hex,
            detail=gone.why.value,
        )
    tell(shop, tx, moment, ASKED, {"members": sorted(gone.members), "seal": ""})
