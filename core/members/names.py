"""姓名: names and how they are searched: pinyin with every reading, and initials.

Readings are computed when a name is written and kept beside it, because pypinyin reads surnames
wrongly (单 is Shan, 曾 is Zeng) and is slow to load.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product

from core.errors import BadName
from core.values.payment_code import refuse_payment_in

LONGEST = 40
MOST_READINGS = 4
_DOTS = re.compile(r" ?[•・‧∙⋅．･·] ?")
# A word of an alphabet, or one sign of a script that has no words.
# Compiled at its first use: of all that a start of the till compiles it takes the longest.
_SIGNS = r"[^\W_\u2e80-\U0010ffff]+|[^\W_]"

# As surnames these are read so; the ordinary reading is kept too, for those who do not know.
_SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "曾": ("zeng",), "仇": ("qiu",), "解": ("xie",), "区": ("ou",),
    "朴": ("piao",), "查": ("zha",), "盖": ("ge",), "乐": ("yue",), "员": ("yun",),
    "洗": ("xian",), "翟": ("zhai",), "秘": ("bi",), "繁": ("po",), "种": ("chong",),
    "召": ("shao",), "隗": ("wei",), "缪": ("miao",), "折": ("she",), "覃": ("qin",),
    "么": ("yao",), "粘": ("nian",), "重": ("chong",), "黑": ("he",), "能": ("nai",),
    "谌": ("chen", "shen"), "适": ("kuo",), "句": ("gou",), "祭": ("zhai",), "牟": ("mou", "mu"),
    "长": ("chang",), "藏": ("zang",), "郗": ("xi", "chi"), "郇": ("xun",), "都": ("du",),
    "阚": ("kan",), "薄": ("bo",), "佴": ("nai",), "蔚": ("yu",), "莘": ("shen",),
    "郄": ("qie",), "费": ("fei", "bi"), "宓": ("mi", "fu"), "隽": ("juan",), "晟": ("cheng",),
    "圈": ("juan",), "呙": ("guo",), "钭": ("tou", "dou"), "仝": ("tong",),
}  # fmt: skip
_DOUBLE_SURNAMES: dict[str, tuple[str, str]] = {
    "万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"), "单于": ("chan", "yu"),
}  # fmt: skip
# Characters of names and medicines that live with two readings. Dictionaries know more (王 yu,
# 石 dan): those would only bring up the wrong people.
_TWO_READINGS: dict[str, tuple[str, str]] = {
    "乐": ("le", "yue"), "行": ("xing", "hang"), "重": ("chong", "zhong"), "长": ("chang", "zhang"),
    "朝": ("chao", "zhao"), "茜": ("qian", "xi"), "娜": ("na", "nuo"), "莘": ("xin", "shen"),
    "柏": ("bai", "bo"), "晟": ("sheng", "cheng"), "盛": ("sheng", "cheng"), "莎": ("sha", "suo"),
    "单": ("dan", "shan"), "参": ("shen", "can"), "阿": ("a", "e"), "贾": ("jia", "gu"),
    "解": ("jie", "xie"), "藏": ("cang", "zang"), "曾": ("zeng", "ceng"), "还": ("huan", "hai"),
    "觉": ("jue", "jiao"), "拓": ("tuo", "ta"), "尉": ("wei", "yu"), "粘": ("nian", "zhan"),
    "仔": ("zi", "zai"), "车": ("che", "ju"), "纶": ("lun", "guan"), "率": ("lv", "shuai"),
    "蔓": ("man", "wan"), "裳": ("chang", "shang"), "厦": ("xia", "sha"), "殷": ("yin", "yan"),
    "召": ("zhao", "shao"), "镐": ("hao", "gao"), "炅": ("jiong", "gui"), "调": ("tiao", "diao"),
    "术": ("shu", "zhu"), "蛤": ("ha", "ge"), "壳": ("ke", "qiao"), "扁": ("bian", "pian"),
    "枸": ("gou", "ju"), "伽": ("jia", "ga"), "都": ("du", "dou"), "佛": ("fo", "fu"),
    "查": ("cha", "zha"), "翟": ("zhai", "di"), "铬": ("ge", "luo"), "弹": ("dan", "tan"),
    "盖": ("gai", "ge"), "朴": ("pu", "piao"),
}  # fmt: skip


def check_name(text: str) -> str:
    """A name without idle spaces, its middle dot as ·.

    Raises BadName for what is empty, longer than 40, without any letter or with control signs;
    PaymentCode for what a customer pays with.
    """
    if text.isalpha() and len(text) <= LONGEST and unicodedata.is_normalized("NFC", text):
        return text  # what most names are: nothing to mend
    name = _DOTS.sub("·", unicodedata.normalize("NFC", " ".join(text.split())))
    refuse_payment_in(name)
    if not 0 < len(name) <= LONGEST or not name.isprintable():
        raise BadName(text)
    if not any(map(str.isalpha, name)):
        raise BadName(text)
    return name


def name_keys(name: str) -> tuple[tuple[str, str], ...]:
    """Every likely (pinyin, initials) of a name, at most four: 李小华 → ("lixiaohua", "lxh").

    A Latin name has an initial for each word: Maria Silva → ("mariasilva", "ms").
    """
    signs = re.findall(_SIGNS, name.casefold())
    if not signs:
        return ()
    choices = [_readings(sign) for sign in signs]
    ways = []
    if (double := "".join(signs[:2])) in _DOUBLE_SURNAMES:
        ways.append([*_DOUBLE_SURNAMES[double], *(each[0] for each in choices[2:])])
    if signs[0] in _SURNAMES:
        choices[0] = tuple(dict.fromkeys((*_SURNAMES[signs[0]], *choices[0])))
    ways += _ways(choices)
    keys = [("".join(way), "".join([part[0] for part in way])) for way in ways]
    return tuple(keys) if len(keys) == 1 else tuple(dict.fromkeys(keys))[:MOST_READINGS]


def product_keys(name: str) -> tuple[str, ...]:
    """Pinyin initials of a product's name, letters and digits kept: 维生素C → ("wssc",).

    At most four, for 党参 is ds and 参苓 is sl.
    """
    signs = [sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum()]
    ways = _ways([_readings(sign) for sign in signs])
    return tuple(dict.fromkeys("".join([part[0] for part in way]) for way in ways if way))


def _ways(choices: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """The first ways to read signs one after another; those that differ early come first."""
    if max(map(len, choices), default=1) == 1:
        return [[each[0] for each in choices]]
    found = islice(product(*reversed(choices)), MOST_READINGS)
    return [list(reversed(way)) for way in found]


@lru_cache(maxsize=65_536)
def _readings(sign: str) -> tuple[str, ...]:
    """The readings of a sign, the likeliest first; words of letters stand for themselves."""
    if sign in _TWO_READINGS:
        return _TWO_READINGS[sign]
    if sign.isascii():
        return (sign,)
    from pypinyin import Style, lazy_pinyin

    found = lazy_pinyin(sign, style=Style.NORMAL, errors="ignore")
    return (found[0],) if found else (_without_accents(sign),)


def _without_accents(word: str) -> str:
    """José as it is typed on a keyboard that has no é."""
    apart = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)) or word
