"""留痕: what an action leaves behind beside its deed: a fact for the server, words of a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.ports import Writing
from core.sales.explanation import Explanation
from core.shop import Shop
from core.sync.fact import SALT_BYTES, Fact, Private
from core.values.moment import Moment


def tell(
    shop: Shop,
    tx: Writing,
    moment: Moment,
    kind: str,
    body: dict[str, Any],
    private: tuple[Private, ...] = (),
) -> None:
    """Append a fact to the outbox; `kind` in the past tense."""
    tx.outbox.append(Fact(shop.new_id(), kind, moment.at_us, moment.business_on, body, private))


def words_of(shop: Shop, subject: UUID, explanation: Explanation | None) -> tuple[Private, ...]:
    """Free text of a person, to stand beside the fact: only its digest is hashed."""
    if explanation is None or not explanation.words:
        return ()
    return (Private(subject, "words", explanation.words, shop.dice.roll(SALT_BYTES)),)
