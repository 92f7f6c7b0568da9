"""样本: large tables of members and products that look like a real shop's, made from a seed."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate
from math import gcd
from pathlib import Path

from core.values.gtin import check_digit

MEMBER_HEADINGS = ("会员卡号", "姓名", "手机", "生日", "农历", "等级", "积分")
PRODUCT_HEADINGS = ("条码", "名称", "规格", "售价", "会员价", "特价", "分类", "处方药")
BORN_SHARE, LUNAR_SHARE, YEARLESS_SHARE, LEAP_SHARE = 0.70, 0.12, 0.05, 0.02
_CHUNK = 10_000

# Surnames and how many of a thousand people bear them; the rest share _RARE.
_SURNAMES = (
    ("王", 72), ("李", 71), ("张", 68), ("刘", 54), ("陈", 45), ("杨", 31), ("黄", 22), ("赵", 21),
    ("吴", 20), ("周", 19), ("徐", 14), ("孙", 14), ("马", 13), ("朱", 13), ("胡", 12), ("郭", 12),
    ("何", 11), ("林", 11), ("高", 10), ("罗", 10), ("郑", 9), ("梁", 9), ("谢", 8), ("宋", 8),
    ("唐", 7), ("许", 7), ("邓", 6), ("冯", 6), ("韩", 6), ("曹", 6), ("曾", 6), ("彭", 6),
    ("萧", 6), ("蔡", 5), ("潘", 5), ("田", 5), ("董", 5), ("袁", 5), ("于", 5), ("余", 5),
    ("叶", 4), ("蒋", 4), ("杜", 4), ("苏", 4), ("魏", 4), ("程", 4), ("吕", 4), ("丁", 4),
    ("任", 4), ("沈", 4), ("姚", 4), ("卢", 4), ("姜", 4), ("崔", 4), ("钟", 4), ("谭", 4),
)  # fmt: skip
_RARE = (
    *"单仇解区朴查盖乐员冼华应纪翟尹隗缪宁燕哈盛覃么过温柳祝安瞿童颜管穆翁詹岳齐沙",
    *("欧阳", "司马", "上官", "诸葛", "尉迟", "长孙", "令狐", "慕容", "司徒", "夏侯"),
)
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲华红建国志海燕小晓春梅云飞鹏宇浩"
    "然子涵欣怡雨泽博思嘉佳俊凯旭东晨阳雪琳倩雯婷慧颖莹洁璐瑶琪萍莉凤玉珍珠金银花香月秋冬夏"
    "青松柏林森山川江河湖天地星辰光亮新生福禄寿喜财旺发达兴盛昌永长安康宁和顺德才智勇仁义礼"
    "信忠孝廉良善美好乐家成立业功名学习书画诗琴若梦可心意情爱忆念望远航翔程前进取胜利卫民保世"
)
_DISTANT = (
    "阿卜杜热合曼·买买提艾力江", "古丽娜尔·吐尔逊", "买买提·艾合买提", "扎西·多吉", "Maria Silva",
    "次仁·卓玛", "John Smith",
)  # fmt: skip
_LEAP_MONTHS = ((1957, 8), (1960, 6), (1966, 3), (1974, 4), (1984, 10), (1990, 5), (1995, 8))
_PHONE_HEADS = (
    *range(130, 140), *range(150, 154), *range(155, 160), 166, 170, 173, 176, 177, 178,
    *range(180, 190), 191, 195, 198, 199,
)  # fmt: skip
_TIERS = (("普通", 70, 300), ("银卡", 20, 1_500), ("金卡", 8, 7_000), ("钻石卡", 2, 25_000))
_FIRST_DAY, _LAST_DAY = date(1940, 1, 1).toordinal(), date(2008, 12, 31).toordinal()

_MAKERS = ("同仁", "康源", "白云", "华北", "仁和", "步长", "修正", "天力", "海王", "九芝", "云泰")
_STUFFS = (
    "布洛芬", "阿莫西林", "头孢克肟", "氯雷他定", "奥美拉唑", "二甲双胍", "氨氯地平", "缬沙坦",
    "维生素C", "维生素B", "碳酸钙", "葡萄糖酸锌", "板蓝根", "感冒清热", "六味地黄", "藿香正气",
    "银黄", "双黄连", "复方丹参", "川贝枇杷", "蒙脱石", "甘草", "益母草", "鱼腥草", "叶黄素",
    "辅酶Q10", "乳清蛋白", "益生菌",
)  # fmt: skip
_FORMS = (
    "片", "胶囊", "软胶囊", "颗粒", "口服液", "丸", "滴丸", "咀嚼片", "糖浆", "软膏", "喷雾剂",
)  # fmt: skip
_PACKS = ("12片/盒", "24粒/盒", "100片/瓶", "10g × 10袋", "10ml × 6支", "0.25g × 24粒", "60粒/瓶")
_KINDS = ("非处方药", "处方药", "保健食品", "医疗器械", "日用品")
_KIND_WEIGHTS = (45, 25, 15, 10, 5)


def write_members(path: Path, count: int, *, seed: int) -> None:
    """A CSV of `count` members with cards and phones of their own; 70 % tell their birthday."""
    _write(path, MEMBER_HEADINGS, _members(count, random.Random(seed)))


def write_products(path: Path, count: int, *, seed: int) -> None:
    """A CSV of `count` products, each with an EAN-13 of its own."""
    _write(path, PRODUCT_HEADINGS, _products(count, random.Random(seed)))


def _write(path: Path, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)


def _members(count: int, dice: random.Random) -> Iterator[tuple[str, ...]]:
    tiers = [(name, points) for name, _, points in _TIERS]
    weights = [weight for _, weight, _ in _TIERS]
    phones = _spread(count, len(_PHONE_HEADS) * 10**8, dice)
    cards = _spread(count, 9 * 10**9, dice)
    names = _names(count, dice)
    for begin in range(0, count, _CHUNK):
        for tier, mean in dice.choices(tiers, weights, k=min(_CHUNK, count - begin)):
            head, tail = divmod(next(phones), 10**8)
            yield (
                f"{10**9 + next(cards)}",
                next(names),
                f"{_PHONE_HEADS[head]}{tail:08d}",
                *_birthday(dice),
                tier,
                f"{int(dice.expovariate(1.0) * mean)}",
            )


def _names(count: int, dice: random.Random) -> Iterator[str]:
    surnames = [*(name for name, _ in _SURNAMES), *_RARE]
    rest = 1_000 - sum(weight for _, weight in _SURNAMES)
    weights = [*(weight for _, weight in _SURNAMES), *[rest / len(_RARE)] * len(_RARE)]
    summed = list(accumulate(weights))
    for begin in range(0, count, _CHUNK):
        length = min(_CHUNK, count - begin)
        chosen = dice.choices(surnames, cum_weights=summed, k=length)
        first = dice.choices(_GIVEN, k=length)
        # One in four bears a given name of a single character.
        second = dice.choices((*_GIVEN, *[""] * (len(_GIVEN) // 3)), k=length)
        for surname, one, other in zip(chosen, first, second, strict=True):
            is_distant = dice.random() < 0.004
            yield dice.choice(_DISTANT) if is_distant else surname + one + other


def _birthday(dice: random.Random) -> tuple[str, str]:
    lot = dice.random()
    if lot >= BORN_SHARE:
        return "", ""
    if lot >= BORN_SHARE * LUNAR_SHARE:
        day = date.fromordinal(int(_FIRST_DAY + dice.random() * (_LAST_DAY - _FIRST_DAY)))
        text = day.isoformat()
        return (text if dice.random() >= YEARLESS_SHARE else text[5:]), "否"
    # Day 29 is the last that every lunar month has.
    day_of_month = 1 + int(dice.random() * 29)
    if dice.random() < LEAP_SHARE:
        year, month = dice.choice(_LEAP_MONTHS)
        return f"{year}-闰{month}-{day_of_month}", "是"
    year, month = 1940 + int(dice.random() * 69), 1 + int(dice.random() * 12)
    return f"{year}-{month:02d}-{day_of_month:02d}", "是"


def _products(count: int, dice: random.Random) -> Iterator[tuple[str, ...]]:
    codes = _spread(count, 10**9, dice)
    for _ in range(count):
        payload = f"69{10**9 + next(codes):010d}"
        kind = dice.choices(_KINDS, _KIND_WEIGHTS)[0]
        price = 200 + int(dice.expovariate(1.0) * 3_500)
        member = price * 95 // 100 if dice.random() < 0.2 else 0
        special = price * 85 // 100 if dice.random() < 0.05 else 0
        yield (
            payload + check_digit(payload),
            dice.choice(_MAKERS) + dice.choice(_STUFFS) + dice.choice(_FORMS),
            dice.choice(_PACKS),
            _yuan(price),
            _yuan(member) if member else "",
            _yuan(special) if special else "",
            kind,
            "是" if kind == "处方药" else "否",
        )


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _spread(count: int, size: int, dice: random.Random) -> Iterator[int]:
    """So many different numbers below `size`, in an order that looks like none."""
    if count > size:
        raise ValueError(f"only {size} different numbers")
    # A step that shares no factor with the size meets every number once; by the golden section
    # neighbours in the table lie far apart.
    step, place = size * 618_033_989 // 10**9, dice.randrange(size)
    while gcd(step, size) > 1:
        step += 1
    for _ in range(count):
        yield place
        place = (place + step) % size
