"""积分抵扣: what the sheet shows: what is there, what makes sense, and what a choice would pay."""

from __future__ import annotations

from msgspec import Struct

from core.actions.counter import Counter
from core.errors import BadPointsWish
from core.members.masks import mask_name
from core.rulebook.points_policy import SpendPolicy
from core.values.money import FULL_WIDTH, format_money
from core.values.rate import FULL
from ui.text import tr

LONGEST = 12


class Choice(Struct, frozen=True):
    """What so many points come to: those that are taken, in words, and why fewer are."""

    points: int
    payable: str
    pays: str
    hint: str


class PointsState(Struct, frozen=True):
    """A member's points, and a basket that they may pay a part of; `payable_fen` is without.

    `is_limited`: of a chain's points only so many can be spent here now.
    """

    who: str
    balance: int
    spendable: int
    most: int
    chosen: int
    payable_fen: int
    policy: SpendPolicy
    is_limited: bool = False

    @classmethod
    def of(cls, counter: Counter) -> PointsState | None:
        """Of what stands at the counter; None where nobody could spend any."""
        policy, file, quote = counter.rulebook.points.spend, counter.file, counter.quote
        if policy is None or file is None:
            return None
        return cls(
            who=mask_name(file.member.name),
            balance=file.points,
            spendable=file.spendable,
            most=quote.most_points,
            chosen=counter.basket.points,
            payable_fen=quote.payable_fen + quote.points_fen,
            policy=policy,
            is_limited=file.allowed is not None,
        )

    @property
    def rule(self) -> str:
        """What points are worth, and how much of a sale they may pay."""
        points, fen = f"{self.policy.per_points:,}", format_money(self.policy.fen)
        if self.policy.most_bp == FULL:
            return tr("{points} 分抵 {money} 元", points=points, money=fen)
        whole, rest = divmod(self.policy.most_bp, 100)
        share = f"{whole}" + (f".{rest:02d}".rstrip("0") if rest else "")
        words = "{points} 分抵 {money} 元，最多抵这一单的 {share}%"
        return tr(words, points=points, money=fen, share=share)

    @property
    def limit(self) -> str:
        """Why not all points of a member of a chain can be used; "" where they can."""
        if not self.is_limited or self.spendable >= self.balance:
            return ""
        return tr("其余的在总部，现在不能从这里用")

    @property
    def most_fen(self) -> int:
        """What the most pays."""
        return self.policy.worth_fen(self.most)

    def choice(self, points: int) -> Choice:
        """What so many would do."""
        taken = self.policy.taken(points, self.most)
        pays = self.policy.worth_fen(taken)
        return Choice(
            points=taken,
            payable=format_money(self.payable_fen - pays),
            pays=points_words(taken, pays) or tr("不用积分"),
            hint=self._hint(points, taken),
        )

    def _hint(self, points: int, taken: int) -> str:
        """Why not all that was chosen is taken."""
        if taken == points:
            return ""
        if points > self.most:
            return tr("这一单最多 {points} 分", points=f"{self.most:,}")
        if points < self.policy.least_points:
            return tr("至少 {points} 分才能抵", points=f"{self.policy.least_points:,}")
        return tr("{points} 分一档，零头不用", points=f"{self.policy.per_points:,}")


def points_of(text: str) -> int:
    """The points of a typed text; nothing is none. Raises BadPointsWish."""
    plain = text.translate(FULL_WIDTH).replace(",", "").strip() or "0"
    if not plain.isascii() or not plain.isdigit() or len(plain) > LONGEST:
        raise BadPointsWish(text)
    return int(plain)


def points_words(points: int, fen: int) -> str:
    """What points paid as money: "用 1,000 分抵 10.00 元"; "" for nothing."""
    if not fen:
        return ""
    return tr("用 {points} 分抵 {money} 元", points=f"{points:,}", money=format_money(fen))
