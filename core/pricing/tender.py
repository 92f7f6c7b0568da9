"""支付方式: what the customer pays with, as recorded amounts."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class TenderKind(StrEnum):
    """The tenders of this counter; `VOUCHER` is a paper voucher or gift card."""

    CASH = "cash"
    CARD = "card"
    ALIPAY = "alipay"
    WECHAT = "wechat"
    INSURANCE = "insurance"
    VOUCHER = "voucher"


class Tender(Struct, frozen=True):
    """What was handed over: fen > 0. Cash may exceed what is due, the rest is change."""

    kind: TenderKind
    amount_fen: int
