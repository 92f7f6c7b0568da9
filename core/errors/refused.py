"""拒绝: what the rules do not allow; a person can mend each of these."""

from __future__ import annotations

from core.errors.roots import Refused

# What is typed or scanned


class BadMoney(Refused):
    """Text that is not an amount of money."""

    text: str


class BadQuantity(Refused):
    """Text or number that is not a quantity between 0.001 and 9,999."""

    text: str


class NotWhole(Refused):
    """A part of a unit, of a product that is not weighed."""

    name: str
    text: str


class BadPhone(Refused):
    """Text that is not a phone number."""

    text: str


class BadBirthday(Refused):
    """A birthday that does not exist in its calendar."""

    text: str
    is_lunar: bool = False


class BadName(Refused):
    """A name that is empty, too long or holds control characters."""

    text: str


class BadCheckDigit(Refused):
    """A barcode whose last digit does not fit the others: scanned or typed wrongly."""

    code: str


class BadScan(Refused):
    """A scan that no code of ours can be: too long, empty, or control characters inside."""

    length: int


class UnknownCode(Refused):
    """A code that is neither member nor product here."""

    code: str


class PaymentCode(Refused):
    """A payment code or bank card was scanned; `kind` is its tender, the code itself is dropped."""

    kind: str


class SeveralMembers(Refused):
    """Several members share this phone: a person has to choose one."""

    text: str


# Members and products


class PhoneTaken(Refused):
    """Another member has this phone: offered instead of making a second."""

    member_id: str
    masked_name: str
    card_no: str


class NamesakeFound(Refused):
    """A member of this name was born on this day: offered instead of making a second.

    `masked_phone` is empty where they have none.
    """

    member_id: str
    masked_name: str
    masked_phone: str
    card_no: str


class BadCard(Refused):
    """Text that cannot be the number of a member's card."""

    text: str


class CardTaken(Refused):
    """Another member has this card."""

    card_no: str


class ConsentMissing(Refused):
    """Nobody becomes a member who did not agree to it, or to other words."""


class NoSuchMember(Refused):
    """No member with this card, phone or id."""

    text: str


class MemberFrozen(Refused):
    """A frozen member gets no benefits and no points until somebody with the right thaws them."""

    masked_name: str
    card_no: str
    reason: str


class ConsentWithdrawn(Refused):
    """A member who took their consent back is served when they give it again, not before."""

    masked_name: str
    card_no: str


class CardExpired(Refused):
    """A card whose last business date is over; somebody with the right renews it."""

    masked_name: str
    card_no: str
    until: str


class CardReplaced(Refused):
    """An old card: its member has another one by now."""

    masked_card: str
    on: str


class CardRetired(CardReplaced):
    """An old card that is given to a member again: whoever finds it would be served as another."""


class MemberMerged(Refused):
    """The card of somebody who is another member by now: offered instead."""

    masked_name: str
    card_no: str


class SameMember(Refused):
    """A member cannot be merged with themselves."""


class PointsInDebt(Refused):
    """A member who owes points is not merged: the debt has to be settled first."""

    masked_name: str


class BadNote(Refused):
    """A note or a reason that is empty, too long or holds control characters."""

    text: str


class NoSuchNote(Refused):
    """The note is not there any more."""


class BadCardEnd(Refused):
    """A card cannot end before today."""

    text: str


class ProductTaken(Refused):
    """A product with this code exists already."""

    code: str


class BadPrice(Refused):
    """A price that is zero, below zero or beyond a million yuan."""

    text: str


# People and days


class NotLoggedIn(Refused):
    """Somebody has to log in first."""


class WrongPin(Refused):
    """No such person with this PIN."""


class PinWait(Refused):
    """Several wrong PINs in a row: the next try counts only after so many seconds."""

    seconds: int


class NameNeeded(Refused):
    """Several people work here: a PIN alone does not say who."""


class WeakPin(Refused):
    """A PIN must have six to twelve digits, not all alike and not in a row."""


class StaffTaken(Refused):
    """Somebody of this name works here already: names tell people apart at the login."""

    name: str


class NoSuchStaff(Refused):
    """Nobody of this name or number works here."""

    text: str


class StaffGone(Refused):
    """The person was removed since they logged in: somebody else has to go on."""

    name: str


class LastManager(Refused):
    """Without an active manager who may do everything nobody could manage the staff any more."""

    name: str


class NotYoursToGive(Refused):
    """Somebody would hand out a right that they do not have themselves."""

    right: str


class ByNeeded(Refused):
    """A command about staff that needs somebody with the right, by name and PIN."""


class NotAllowed(Refused):
    """The person's role does not have this right; somebody who has it can approve with a PIN."""

    right: str


class ApprovalSpent(Refused):
    """An approval that is too old: it holds for two minutes."""

    right: str


class BadStoreCode(Refused):
    """A store code that cannot stand in a number and its barcode: 1 to 8 letters and digits."""

    text: str


class DayNotOpen(Refused):
    """The day has to be opened with a float before the first sale."""


class UnlikelyFloat(Refused):
    """A float so high that it was hardly meant: taken when the person says it again."""

    amount_fen: int


class DayOpenAlready(Refused):
    """The day is open already."""

    business_on: str


class NoReportYet(Refused):
    """No day was closed yet: there is no Z report."""


class NoSuchReport(Refused):
    """No Z report with this number."""

    text: str


class DifferenceUnexplained(Refused):
    """The drawer does not hold what it should: a reason is needed. Above zero: too much."""

    difference_fen: int


class ReasonNeeded(Refused):
    """A reason has to be chosen, or "other" has to be told in words."""


class BadWords(Refused):
    """Words of one's own that are too long or hold control characters."""

    text: str
    limit: int


class TooMuchCash(Refused):
    """More than may be put into the drawer at once, or than the record says is in it."""

    amount_fen: int
    limit_fen: int


class SaleUnfinished(Refused):
    """The day cannot be closed while a basket is open."""


class BadZone(Refused):
    """A name that is no time zone."""

    text: str


# Tables to import


class NoGoodRows(Refused):
    """A table without a single row that can be imported."""


class TwiceInTable(Refused):
    """A card, phone or barcode that stood in an earlier row of the same table."""

    text: str


class UnknownTier(Refused):
    """A tier that the rulebook does not know."""

    text: str


class BadPoints(Refused):
    """Text that is not a whole number of points from 0 to a hundred million."""

    text: str


class BadProductName(Refused):
    """A product's name that is empty, too long or holds control characters."""

    text: str


class BadFlag(Refused):
    """Neither yes nor no."""

    text: str


class NotATable(Refused):
    """A file that is neither CSV nor XLSX, or holds no table; `line` is 0 for the whole."""

    reason: str
    line: int = 0


class MissingColumns(Refused):
    """Headings that the import needs and does not find."""

    names: tuple[str, ...]


class TableTooLarge(Refused):
    """A table that unpacks to more than an import may hold."""

    limit_mib: int


class ImportRunning(Refused):
    """One import at a time."""


class Cancelled(Refused):
    """A person stopped it; nothing of it remains."""
