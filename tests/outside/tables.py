"""Tables of members and products, as many as wanted; every name and phone is another's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛"
_GIVEN = "伟芳娜敏静秀丽强磊洋艳勇军杰娟涛明超兰霞平刚桂英华玉萍红梅建国文志辉云峰春晓燕海波雪琴"
_TIERS = ("普通", "普通", "普通", "银卡", "金卡")
FIRST_PHONE = 13_900_000_000
FIRST_CARD = 900_000_000


def member(number: int) -> tuple[str, str, str]:
    """Card, name and phone of the n-th member; the names come round after some 90,000."""
    family = _FAMILY[number % len(_FAMILY)]
    one = _GIVEN[number // len(_FAMILY) % len(_GIVEN)]
    two = _GIVEN[number // len(_FAMILY) // len(_GIVEN) % len(_GIVEN)]
    return str(FIRST_CARD + number), family + one + two, str(FIRST_PHONE + number * 97)


def write_members(path: Path, count: int, *, spoil: frozenset[int] = frozenset()) -> Path:
    """A table of so many members; the phones of those in `spoil` are none."""
    with path.open("w", encoding="utf-8") as file:
        file.write("会员卡号,姓名,手机,生日,农历,等级,积分\n")
        file.writelines(_member_rows(count, spoil))
    return path


def _member_rows(count: int, spoil: frozenset[int]) -> Iterator[str]:
    for number in range(count):
        card, name, phone = member(number)
        if number in spoil:
            phone = "12345"
        born = f"19{50 + number % 50}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        tier = _TIERS[number % len(_TIERS)]
        lunar = "是" if number % 9 == 0 else ""
        yield f"{card},{name},{phone},{born},{lunar},{tier},{number % 977}\n"


_KINDS = (
    "感冒灵",
    "板蓝根",
    "维生素",
    "钙片",
    "创可贴",
    "棉签",
    "口罩",
    "阿莫西林",
    "布洛芬",
    "蒙脱石",
)
_FORMS = ("颗粒", "片", "胶囊", "口服液", "喷雾", "贴")


def product(number: int) -> tuple[str, str]:
    """Barcode (with its check digit) and name of the n-th product."""
    payload = f"693{number:09d}"
    weighted = sum(int(d) * (1 if place % 2 == 0 else 3) for place, d in enumerate(payload))
    kind, form = _KINDS[number % len(_KINDS)], _FORMS[number // len(_KINDS) % len(_FORMS)]
    return f"{payload}{-weighted % 10}", f"{kind}{form}{number}"


def write_products(path: Path, count: int) -> Path:
    """A table of so many products; every tenth is a prescription medicine."""
    with path.open("w", encoding="utf-8") as file:
        file.write("条码,名称,规格,单位,售价,会员价,分类,处方药\n")
        for number in range(count):
            code, name = product(number)
            fen = 500 + number * 37 % 20_000
            price, lower = f"{fen // 100}.{fen % 100:02d}", ""
            if number % 3 == 0:
                lower = f"{fen * 95 // 100 // 100}.{fen * 95 // 100 % 100:02d}"
            rx = "是" if number % 10 == 9 else ""
            file.write(f"{code},{name},10片/盒,盒,{price},{lower},日用,{rx}\n")
    return path
