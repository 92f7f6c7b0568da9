"""姓名: names and how they are searched: pinyin with every reading, and initials.

Readings are computed when a name is written and kept beside it, because pypinyin reads surnames
wrongly (单 is Shan, 曾 is Zeng) and is slow to load.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import islice, product

from core.errors import BadName

LONGEST = 40
MOST_READINGS = 4
_DOTS = "•・‧∙⋅．"
_SURNAMES = {
    "万俟": "moqi", "尉迟": "yuchi", "长孙": "zhangsun", "澹台": "tantai", "单于": "chanyu",
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "区": "ou", "朴": "piao", "查": "zha",
    "盖": "ge", "乐": "yue", "员": "yun", "冼": "xian", "任": "ren", "华": "hua", "应": "ying",
    "纪": "ji", "翟": "zhai", "尹": "yin", "秘": "bi", "繁": "po", "种": "chong", "召": "shao",
    "隗": "wei", "缪": "miao", "宁": "ning", "燕": "yan", "哈": "ha", "盛": "sheng", "折": "she",
    "覃": "qin", "么": "yao", "洗": "xian", "晟": "cheng", "粘": "nian", "过": "guo", "重": "chong",
}  # fmt: skip
# Surnames that are read both ways: both are kept.
_ALSO = {"乐": "le", "盖": "gai", "覃": "tan", "隗": "kui", "翟": "di", "区": "qu", "查": "cha"}


def check_name(text: str) -> str:
    """A name without idle spaces, its middle dot as ·; raises BadName for what is none."""
    name = " ".join(text.split())
    for dot in _DOTS:
        name = name.replace(dot, "·")
    if not 0 < len(name) <= LONGEST or not name.isprintable():
        raise BadName(text)
    if any(unicodedata.category(sign) in ("Cf", "Co", "Cn") for sign in name):
        raise BadName(text)
    return name


def name_keys(name: str) -> tuple[tuple[str, str], ...]:
    """Every likely (pinyin, initials) of a name, at most four: 李小华 → ("lixiaohua", "lxh")."""
    compact = "".join(sign for sign in name.casefold() if sign.isalnum())
    surname = compact[:2] if compact[:2] in _SURNAMES else compact[:1]
    if surname in _SURNAMES:
        heads = [_surname_parts(surname)]
        if surname in _ALSO:
            heads.append((_ALSO[surname],))
        rest = [_readings(sign) for sign in compact[len(surname) :]]
        ways = [(*head, *tail) for head in heads for tail in islice(product(*rest), MOST_READINGS)]
    else:
        ways = list(islice(product(*map(_readings, compact)), MOST_READINGS))
    keys = dict.fromkeys(("".join(way), "".join(part[0] for part in way)) for way in ways if way)
    return tuple(islice(keys, MOST_READINGS))


def product_keys(name: str) -> tuple[str, ...]:
    """Pinyin initials of a product's name, letters and digits kept: 维生素C → ("wssc",)."""
    compact = [sign for sign in name.casefold() if sign.isalnum()]
    ways = islice(product(*map(_readings, compact)), MOST_READINGS)
    return tuple(dict.fromkeys("".join(part[0] for part in way) for way in ways if way))


def _surname_parts(surname: str) -> tuple[str, ...]:
    reading = _SURNAMES[surname]
    if len(surname) == 1:
        return (reading,)
    # A double surname has two syllables: the second begins where the first reading ends.
    for first in (*_readings(surname[0]), "mo", "yu", "zhang", "tan", "chan"):
        if reading.startswith(first) and len(reading) > len(first):
            return (first, reading[len(first) :])
    return (reading,)


@lru_cache(maxsize=32_768)
def _readings(sign: str) -> tuple[str, ...]:
    """The readings of one sign, the commonest first; letters and digits stand for themselves."""
    if sign.isascii():
        return (sign,)
    from pypinyin import Style, pinyin

    found = pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore")
    if not found or not found[0]:
        return (sign,)
    return tuple(dict.fromkeys(each.replace("ü", "v") for each in found[0] if each))[:2]
