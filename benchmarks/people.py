"""Members and products in any number, the same for the same seed: tables to import and to measure.

Cards, phones and barcodes are unique; names, birthdays, tiers and points fall as in a real shop.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from core.catalog.barcode import check_digit

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武"
)
_RARE_SURNAMES = ("欧阳", "司马", "诸葛", "尉迟", "上官", "单", "仇", "解", "区", "朴", "查", "乐")
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉红梅建国华文志斌波辉鹏飞宇浩然子轩梓涵诗怡欣嘉"
    "佳雨泽一诺晓东春雪婷琳倩颖慧丹凤琴珍莉莲荣蓉菊香月莺媛瑞凡海宁信江福生龙元全胜学祥才发武新利清彬"
)
_PREFIXES = (
    "130",
    "131",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "158",
    "177",
    "186",
    "189",
    "199",
)
_TIERS = ("普通",) * 14 + ("银卡",) * 4 + ("金卡", "钻石卡")
_MOST_POINTS = {"普通": 900, "银卡": 5_000, "金卡": 20_000, "钻石卡": 60_000}
_MAKERS = (
    "同济",
    "康宁",
    "白云",
    "仁和",
    "华北",
    "天士",
    "江中",
    "太极",
    "修正",
    "葵花",
    "三九",
    "扬子",
)
_STEMS = (
    *("维生素C", "碳酸钙D3", "感冒灵", "阿莫西林", "布洛芬", "板蓝根", "六味地黄", "复方丹参"),
    *("氯雷他定", "蒙脱石", "二甲双胍", "氨氯地平", "阿托伐他汀钙", "健胃消食", "川贝枇杷"),
    *("藿香正气", "枸杞", "葡萄糖酸锌", "叶黄素", "鱼油"),
)
_FORMS = (
    "片",
    "胶囊",
    "颗粒",
    "口服液",
    "丸",
    "咀嚼片",
    "软胶囊",
    "滴丸",
    "软膏",
    "散",
    "糖浆",
    "贴",
)
_CATEGORIES = ("非处方药", "处方药", "保健食品", "医疗器械", "中药饮片", "日用品")
_STEP = 61_803_399  # shares no factor with a power of ten: each number comes once


def write_members(path: Path, count: int, seed: int = 1) -> None:
    """A CSV of members with every column of the import: a million take some four seconds."""
    _write(path, "会员卡号,姓名,手机,生日,农历,等级,积分", _members(count, random.Random(seed)))


def write_products(path: Path, count: int, seed: int = 1) -> None:
    """A CSV of products with every column of the import."""
    headings = "条码,名称,规格,单位,售价,会员价,特价,分类,处方药,称重"
    _write(path, headings, _products(count, random.Random(seed)))


def card_no(n: int) -> str:
    """The card of the n-th member written, from 0."""
    return f"8{n:09d}"


def phone(n: int) -> str:
    """The phone of the n-th member written, from 0."""
    return f"{_PREFIXES[n % len(_PREFIXES)]}{n * _STEP % 10**8:08d}"


def barcode(n: int) -> str:
    """The EAN-13 of the n-th product written, from 0."""
    payload = f"69{n * _STEP % 10**10:010d}"
    return payload + check_digit(payload)


def _members(count: int, dice: random.Random) -> Iterator[str]:
    surnames = list(_SURNAMES) + list(_RARE_SURNAMES)
    # The first surname is borne by 7 of 100 people, the fiftieth by 4 of 1,000.
    weights = list(accumulate(1 / (8 + place) for place in range(len(surnames))))
    for n in range(count):
        surname = dice.choices(surnames, cum_weights=weights)[0]
        given = "".join(dice.choices(_GIVEN, k=1 if dice.random() < 0.15 else 2))
        tier = _TIERS[int(dice.random() * len(_TIERS))]
        points = int(dice.random() ** 2 * _MOST_POINTS[tier])
        yield f"{card_no(n)},{surname}{given},{phone(n)},{_birthday(dice)},{tier},{points}\n"


def _birthday(dice: random.Random) -> str:
    kind, place = dice.random(), int(dice.random() * 70 * 12 * 28)
    year, month, day = 1940 + place // 336, place // 28 % 12 + 1, place % 28 + 1
    if kind < 0.1:
        return ",否"
    if kind < 0.2:
        return f"{month:02d}-{day:02d},否"
    return f"{year}-{month:02d}-{day:02d},{'是' if kind > 0.85 else '否'}"


def _products(count: int, dice: random.Random) -> Iterator[str]:
    for n in range(count):
        name = dice.choice(_MAKERS) + dice.choice(_STEMS) + dice.choice(_FORMS)
        unit = dice.choice(("盒", "瓶", "支", "包"))
        price_fen = dice.randrange(190, 39_990, 10)
        member = _money(price_fen * 95 // 100) if dice.random() < 0.2 else ""
        special = _money(price_fen * 88 // 100) if dice.random() < 0.05 else ""
        category = dice.choice(_CATEGORIES)
        is_prescription = "是" if category == "处方药" else "否"
        yield (
            f"{barcode(n)},{name},{dice.randrange(6, 120)}{unit},{unit},{_money(price_fen)},"
            f"{member},{special},{category},{is_prescription},否\n"
        )


def _money(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _write(path: Path, headings: str, rows: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(headings + "\n")
        file.writelines(rows)
