"""票据的样张: one paper of each kind, of a day that never was, to look at its design."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from core.points.ledger import Cause
from core.rulebook.offers import CouponOffer
from core.sales import receipt as r
from core.sales import report as x
from core.sales import statement as s
from core.sales.coupon_slip import make_coupon_slip
from core.sales.explanation import CounterReason
from core.sales.gift_slip import make_gift_slip
from core.sales.held import held_no
from core.sales.hold_slip import HeldItemLine, HeldLine, HoldLine, HoldSlip
from core.sales.slip import Slip
from ui.text import tr

_NO, _AT, _EARLIER = "S01-T2-000123", "2026-11-24 14:32", "2026-11-24 09:10"
_DAY = "2026-11-24"
_BASKET = UUID("019ab000-0000-7000-8000-0000000a1b2c")
_COUPON = "Q7K2M9XAP4TR3"


def sample(paper: str, store_name: str, till_no: int) -> Slip:
    """A paper of this kind as the till would print it."""
    return _SAMPLES[paper](r.Heading(store_name, till_no))


def _items() -> list[r.Line]:
    return [
        r.ItemLine(tr("样品药片"), tr("60片"), tr("盒"), 2000, 3900, 7800, 7400),
        r.SavingLine("member_price", "", 10000, 400, 3700),
        r.ItemLine(tr("样品药材"), "", "kg", 375, 12800, 4800, 4560),
        r.SavingLine("tier_percentage", tr("金卡会员"), 9500, 240),
    ]


def _member() -> r.MemberLine:
    return r.MemberLine(tr("赵*宁"), "****5678", tr("金卡会员"))


def _receipt(heading: r.Heading) -> r.Receipt:
    return r.Receipt(
        _NO,
        (
            heading,
            r.SaleInfo(_NO, _AT, 3),
            *_items(),
            r.FigureLine("pieces", 3000),
            r.FigureLine("list", 12600),
            r.FigureLine("saved", 640),
            r.OfferLine("member_price", "", 10000, 400),
            r.OfferLine("tier_percentage", tr("金卡会员"), 9500, 240),
            r.FigureLine("payable", 11960),
            r.FigureLine("paid", 12000),
            r.TenderLine("cash", 12000),
            r.FigureLine("change", 40),
            _member(),
            r.PointsLine(119, 12480),
            r.ExpiryLine(300, "2026-12-31"),
            r.UpgradeLine(tr("钻石卡会员")),
            r.CodeLine(_NO),
        ),
    )


def _back(heading: r.Heading, about: tuple[r.Line, ...]) -> r.Receipt:
    return r.Receipt(
        _NO,
        (
            heading,
            *about,
            r.SaleInfo(_NO, _AT, 3),
            *(line for line in _items() if isinstance(line, r.ItemLine)),
            r.FigureLine("back", 11960),
            r.BackLine("cash", 11960),
            _member(),
            r.PointsBackLine(119, 12361),
            r.ExpiryLine(300, "2026-12-31"),
            r.TierBackLine(tr("金卡会员")),
            r.SignLine(),
            r.CodeLine(_NO),
        ),
    )


def _refund(heading: r.Heading) -> r.Receipt:
    info = r.ReturnInfo(f"{_NO}-R1", _EARLIER, CounterReason.CHANGED_MIND, "", 1)
    return _back(heading, (r.ReturnLine(), info))


def _void(heading: r.Heading) -> r.Receipt:
    info = r.VoidInfo(_EARLIER, CounterReason.WRONG_PRODUCT, "", 1)
    return _back(heading, (r.VoidLine(), info))


def _redemption(heading: r.Heading) -> r.Receipt:
    return r.Receipt(
        "S01-T2-J00012",
        (
            heading,
            r.RedeemLine(),
            r.SaleInfo("S01-T2-J00012", _AT, 3),
            r.RewardLine(tr("满 100 减 10 券"), 1, 500),
            r.CouponLine(_COUPON),
            _member(),
            r.RedeemedLine(500, 11980),
            r.SignLine(),
            r.CodeLine("S01-T2-J00012"),
        ),
    )


def _gift(heading: r.Heading) -> Slip:
    return make_gift_slip(_receipt(heading))


def _coupon(heading: r.Heading) -> Slip:
    offer = CouponOffer(id="sample", name=tr("满 100 减 10 券"), off_fen=1000, from_fen=10000)
    ends = date(2026, 12, 31)
    return make_coupon_slip(_COUPON, offer, heading, ends_on=ends, member=_member())


def _hold(heading: r.Heading) -> Slip:
    code = held_no(_BASKET)
    items = [
        HeldItemLine(line.name, line.spec, line.unit, line.quantity_milli)
        for line in _items()
        if isinstance(line, r.ItemLine)
    ]
    info, held = r.SaleInfo(code, _AT, 3), HeldLine(tr("靠窗的客人"), 3, 11960)
    return HoldSlip(_BASKET, (heading, HoldLine(), info, held, *items, r.CodeLine(code)))


def _statement(heading: r.Heading) -> Slip:
    return s.Statement(
        "statement",
        (
            heading,
            s.StatementLine(),
            s.PeriodLine("2026-11-01", _DAY, _AT, 1),
            _member(),
            s.AccountLine(12861, 119, 500, 12480),
            s.MovementLine("2026-11-12", Cause.REDEEM, -500, ""),
            s.MovementLine(_DAY, Cause.SALE, 119, _NO),
            s.PurchaseLine(_DAY, tr("样品药片"), 2000, 7400),
            s.PurchaseLine(_DAY, tr("样品药材"), 375, 4560),
            s.BoughtLine(2, 11960),
            r.ExpiryLine(300, "2026-12-31"),
            r.SignLine("staff"),
        ),
    )


def _report(heading: r.Heading) -> Slip:
    no = "S01-T2-Z0007"
    return x.Report(
        no,
        x.ReportKind.Z,
        (
            x.ReportHeading(heading.store_name, heading.till_no, x.ReportKind.Z, no),
            x.ReportInfo(_DAY, "2026-11-24 20:31", 1),
            r.Rule(),
            x.CountLine("sales", 43, 279040),
            x.CountLine("voids", 1, 3900),
            x.SumLine("taken", 275140),
            r.TenderLine("cash", 105240),
            r.TenderLine("wechat", 169900),
            x.SumLine("saved", 10810),
            r.Rule(),
            x.SumLine("opening", 20000),
            x.SumLine("cash", 105240),
            x.SumLine("paid_out", -50000),
            x.SumLine("expected", 75240),
            x.SumLine("counted", 75240),
            x.SumLine("difference", 0),
            r.Rule(),
            x.MoveLine(x.ReportKind.PAY_OUT, "2026-11-24 13:45", 2, 1, 50000),
            x.WhyLine(CounterReason.BANK, ""),
            r.Rule(),
            x.CashierLine(2, 43, 275140),
            r.Rule(),
            x.TurnLine(1, 2, "2026-11-24 08:02", "2026-11-24 20:31"),
            x.SumLine("taken", 275140),
            r.Rule(),
            r.SignLine("staff"),
        ),
    )


def _cash(heading: r.Heading) -> Slip:
    kind = x.ReportKind.PAY_OUT
    return x.Report(
        "out",
        kind,
        (
            x.ReportHeading(heading.store_name, heading.till_no, kind),
            x.ReportInfo(_DAY, _AT, 2),
            r.Rule(),
            x.MoveLine(kind, _AT, 2, 1, 50000),
            x.WhyLine(CounterReason.BANK, ""),
            r.Rule(),
            r.SignLine("staff"),
        ),
    )


_SAMPLES: dict[str, Callable[[r.Heading], Slip]] = {
    "receipt": _receipt,
    "refund": _refund,
    "void": _void,
    "redemption": _redemption,
    "gift": _gift,
    "coupon": _coupon,
    "statement": _statement,
    "hold": _hold,
    "report": _report,
    "cash": _cash,
}
