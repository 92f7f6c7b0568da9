"""命令: the language of the screenless till; one command, its words, a line (docs/till.md)."""

from __future__ import annotations

import shlex
from typing import TypedDict

from msgspec import Struct

from core.actions.scan import CARD, COUPON, PHONE, PRODUCT
from core.errors import NamesakeFound, Refused
from core.members.birthday import parse_birthday
from core.members.consent import CONSENT
from core.members.member import Birthday
from core.pricing.tender import TenderKind
from ui.text import quoted, tr

# The words by which a person says: it is really somebody else of that name and birthday, and: the
# customer agrees that the data of a member is kept.
ANOTHER = "another"
AGREED = "agreed"
# What a code that is scanned is, where it is several things.
KINDS = (CARD, COUPON, PRODUCT, PHONE)
# Behind words that may be repeated.
AND_SO_ON = "[...]"
# At the end of a line these are all that is left of it, and need no quotes.
FREE_TEXT = ("NAME", "TEXT", "WORDS")

# Command, the words it takes (square brackets: may be left out), what it does.
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("login", "[NAME] PIN", "登录；只有一个人时不用写姓名"),
    ("logout", "", "退出登录"),
    ("lock", "", "锁屏：本单留着，再 login 接着收"),
    ("approve", "RIGHT [NAME] PIN", "授权：有权限的人输 PIN，下一个要这项权限的命令用掉它"),
    ("change-pin", "OLD NEW", "改自己的 PIN"),
    ("open-day", "FLOAT", "开店，写备用金"),
    ("scan", "CODE [KIND]", "扫任何码；有几个意思时写是哪个：card coupon product phone"),
    ("trace", "LINE CODE", "给一行补一个追溯码；再写一次就是去掉"),
    ("trace-product", "CODE PRODUCT", "认码：这个追溯码是哪种商品，以后同样开头的都认得"),
    ("waive-traces", "REASON", "缺追溯码放行：no_code damaged split scanner，要店长授权"),
    ("find", "TEXT", "查会员或商品：手机后四位、姓名、拼音首字母、商品名"),
    ("check-price", "CODE", "查价：这样东西现在多少钱，不进本单"),
    ("choose", "N", "选上次查到的第几条"),
    (
        "join",
        "PHONE NAME [BIRTHDAY] [CARD] [another] [agreed]",
        "入会，并作为本单会员；农历生日写 农历8-15；agreed：顾客同意保存资料",
    ),
    ("personal", "", "看本单会员的姓名、手机、生日，要有看完整资料的权限"),
    ("drop-member", "", "本单不用会员"),
    ("add-product", "CODE PRICE NAME", "新增商品并放进本单"),
    ("qty", "QUANTITY [LINE]", "改数量，不写行号就是刚扫的一行"),
    ("remove", "LINE", "删去一行"),
    ("clear", "", "清空本单"),
    ("hold", "[NAME]", "挂单，可写个名字"),
    ("held", "", "列出挂单"),
    ("hold-slip", "[N]", "打第几张挂单的条，上面有码"),
    ("held-there", "", "列出同店别的收银台挂的单"),
    ("recall-there", "[N]", "取别的收银台挂的单：第几张，不写就是最早的"),
    ("recall", "[N]", "取单：第几张，不写就是最早的；本单先挂起"),
    ("discard", "N", "丢弃第几张挂单"),
    ("note", "[!] TEXT", "给本单会员写备注，! 开头的一到柜台就提醒"),
    ("notes", "", "本单会员的备注"),
    ("erase-note", "N", "删去第几条备注"),
    ("coupons", "", "本单会员手里的券，每张能省多少"),
    ("use-coupon", "N", "用手里的第几张券，再用一次就是收回"),
    ("print-coupon", "[N]", "把手里的第几张券打在纸上"),
    ("purchases", "", "本单会员最近买过什么"),
    ("behaviours", "", "本单会员能得分的行为（签到、建议…），今天做过几次"),
    ("behaviour", "CODE", "记一次行为，给本单会员加分"),
    ("correct-points", "POINTS WORDS", "更正本单会员的积分，像 +50 或 -50，写理由"),
    ("rewards", "", "本单会员能换什么，为什么不能换别的"),
    ("redeem", "CODE [UNITS]", "积分兑换：代码和件数，打印兑换单"),
    ("redemptions", "", "本单会员换过什么"),
    ("undo-redemption", "NO", "撤销兑换：积分退回，要店长授权"),
    ("replace-card", "CARD [NEW]", "换卡：旧卡不能再用；不写新卡号就发一个"),
    ("freeze", "CARD WORDS", "冻结会员，写理由"),
    ("thaw", "CARD", "解冻会员"),
    ("consents", "CARD", "会员同意过什么，什么时候撤回的"),
    ("agree", "CARD", "念过同意的话，会员同意了"),
    ("withdraw-consent", "CARD", "会员本人撤回同意：从现在起不积分、不享优惠"),
    ("birthday", "CARD BIRTHDAY", "改会员的生日，像 1988-03-05、农历8-15；享过生日优惠的要店长"),
    ("renew-card", "CARD DATE", "卡续期到哪一天"),
    ("merge", "CARD INTO_CARD", "把前一张卡的会员并入后一张卡的会员"),
    ("tier-history", "[CARD]", "等级是怎么来的，每次变化的依据；不写卡号就是本单会员"),
    ("grant-tier", "CARD TIER DATE WORDS", "授予等级到哪一天，写理由，要有授予等级的权限"),
    ("withdraw-tier", "CARD", "收回授予的等级"),
    ("benefits", "", "本单会员的等级权益，还剩几次"),
    ("use-benefit", "CODE", "用一次权益，写名称或编号"),
    ("give-back-benefit", "CODE", "刚才没有用成，退回一次权益"),
    ("price", "LINE PRICE REASON", "改价：这一行每件的价，写理由"),
    (
        "discount",
        "WHERE [LINE] OFF REASON",
        "手工优惠：line 行号 或 basket，减 5.00 或 9折，写理由",
    ),
    ("take-back", "WHERE [LINE]", "撤销改价或手工优惠：line 行号 或 basket"),
    ("gifts", "", "可选的赠品和加价购"),
    ("gift", "OFFER CODE", "选一件：哪个优惠，哪种商品"),
    ("buy", "LINE", "选来的赠品按售价买：条件没有满足时"),
    ("offer", "OFFER on|off [REASON]", "本单关掉一个优惠，写理由；或再打开"),
    ("points", "CHOICE", "积分抵扣：用多少分；most 最多，none 不用"),
    ("why", "", "为什么这个价"),
    ("pay", "KIND AMOUNT", "收款：cash card alipay wechat insurance voucher；够了就结账"),
    ("unpay", "", "取消本单已记的收款"),
    ("receipt", "[NO]", "把小票存成 PDF 和打印机字节"),
    ("reprint", "[NO]", "补打小票"),
    ("gift-receipt", "[NO] [LINE] [...]", "礼品小票，不写价钱：单号或 last，哪几行；不写就是全部"),
    ("sales", "", "今天卖的单"),
    ("void-preview", "[NO]", "作废一单会怎样；不写单号就是上一单"),
    (
        "void",
        "NO REASON [WORDS]",
        "作废：单号或 last；wrong_product wrong_tender wrong_member changed_mind other",
    ),
    (
        "find-sales",
        "[DAYS] [WORD] [...]",
        "找单：DAYS 是 today week month ever；词是会员、金额、商品、单号尾、11-20、14:00-16:00",
    ),
    (
        "return",
        "NO [LINE] [QUANTITY] [...]",
        "退货会怎样：单号或 last，行号和数量成对；不写就是全部",
    ),
    ("return-trace", "CODE", "刚才看的退货里，退回的是这一盒"),
    ("return-without-receipt", "NO [LINE] [QUANTITY] [...]", "同上，没有小票，要店长授权"),
    (
        "yes",
        "REASON [WORDS]",
        "确认刚才看的退货：too_many changed_mind not_right quality recall other",
    ),
    ("exchange", "REASON [WORDS]", "换货：刚才看的退货和接着扫的商品一起结，只收或只退差额"),
    ("drop-exchange", "", "不换了，商品留着"),
    ("shift", "", "现在是谁的班"),
    ("day", "", "看今天的数，要有看营业数的权限"),
    ("x", "", "打印到现在为止的营业数，要有看营业数的权限"),
    ("z", "[NO]", "补打日结单，也存成 PDF；不写单号就是上一张"),
    ("pay-in", "AMOUNT REASON [WORDS]", "放入现金：small_change more_float other"),
    ("pay-out", "AMOUNT REASON [WORDS]", "取出现金：bank safe purchase small_change other"),
    ("drawer", "REASON [WORDS]", "开钱箱：small_change look stuck count other"),
    (
        "change-shift",
        "COUNTED NAME PIN [REASON] [WORDS]",
        "交接班：点到的现金，接班人；有差额写原因",
    ),
    ("close-day", "COUNTED [REASON] [WORDS]", "日结，写钱箱里点到的现金；有差额写原因"),
    ("language", "LANGUAGE", "换语言：zh_CN zh_TW en；小票也跟着换，除非另外设定"),
    ("status", "", "现在的状态"),
    ("help", "", "列出命令"),
    ("quit", "", "离开"),
)
_WORDS = {name: words for name, words, _ in COMMANDS}


class BadCommand(Exception):
    """A line that is no command; its text is the sentence for the person."""


class Command(Struct, frozen=True):
    """One command with its words."""

    name: str
    words: tuple[str, ...]


def parse(line: str) -> Command | None:
    """The command of a line; None for an empty line or a comment; raises BadCommand."""
    if not line.strip() or line.lstrip().startswith("#"):
        return None
    name, _, rest = line.strip().partition(" ")
    if name not in _WORDS:
        raise BadCommand(tr("没有“{name}”这个命令。输入 help 看全部命令。", name=quoted(name)))
    words, known = _split(name, rest.strip()), _WORDS[name].split()
    least = sum(not word.startswith("[") for word in known)
    most = len(words) if known[-1:] == [AND_SO_ON] else len(known)
    if not least <= len(words) <= most:
        raise _ill_written(name)
    return Command(name, words)


class Joining(TypedDict):
    """What `join` says behind phone and name."""

    birthday: Birthday | None
    card_no: str
    is_another: bool
    consent: int


def joining_words(more: tuple[str, ...]) -> Joining:
    """Birthday and card, and at the end what the person at the counter confirms."""
    has_agreed, is_another = AGREED in more[-2:], ANOTHER in more[-2:]
    facts = more[: len(more) - has_agreed - is_another]
    if len(facts) > 2:
        raise _ill_written("join")
    birthday, card_no = [*facts, "", ""][:2]
    return Joining(
        birthday=parse_birthday(birthday, lunar="农历" in birthday) if birthday else None,
        card_no=card_no,
        is_another=is_another,
        consent=CONSENT if has_agreed else 0,
    )


def confirming_words(asked: Refused) -> str:
    """How `join` is told what the person at the counter has to confirm."""
    word = ANOTHER if isinstance(asked, NamesakeFound) else AGREED
    return tr("确认就在这一行末尾加 {word}。", word=word)


def place_of(text: str) -> int:
    """A place in a list, counted from 1; raises BadCommand."""
    if not text.isascii() or not text.isdigit() or int(text[:9]) == 0:
        raise BadCommand(tr("“{text}”不是行号，什么都没有改动。", text=quoted(text)))
    return int(text[:9])


def tender_kind_of(text: str) -> TenderKind:
    """How somebody pays; raises BadCommand."""
    if text not in tuple(TenderKind):
        kinds = " ".join(TenderKind)
        raise BadCommand(
            tr("没有“{text}”这种支付方式。有：{kinds}。", text=quoted(text), kinds=kinds)
        )
    return TenderKind(text)


def usage() -> str:
    """All commands, a line each."""
    return "\n".join(f"{name} {words}".ljust(52) + tr(what) for name, words, what in COMMANDS)


def _ill_written(name: str) -> BadCommand:
    usage = f"{name} {_WORDS[name]}".strip()
    return BadCommand(tr("命令写得不对，什么都没有改动；要这样写：{usage}。", usage=usage))


def _split(name: str, rest: str) -> tuple[str, ...]:
    # A scan or a search is everything behind the word, whatever stands in it.
    if name == "scan":
        code, _, kind = rest.rpartition(" ")
        return (code.strip(), kind) if code and kind in KINDS else (rest,) if rest else ()
    if name == "find":
        return (rest,) if rest else ()
    try:
        words = shlex.split(rest)
    except ValueError:
        raise BadCommand(tr("引号没有成对，什么都没有改动。")) from None
    known = _WORDS[name].split()
    if words[:1] != ["!"] and "[!]" in known:
        known.remove("[!]")
    before = len(known) - 1
    if known and known[-1].strip("[]") in FREE_TEXT and len(words) > before + 1:
        words = [*words[:before], " ".join(words[before:])]
    return tuple(words)
