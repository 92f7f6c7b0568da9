"""姓名: names and how they are searched: pinyin with every reading, and initials.

Readings are computed when a name is written and kept beside it, because pypinyin reads surnames
wrongly (单 is Shan, 曾 is Zeng) and is slow to load.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from core.errors import BadName

LONGEST = 40
MOST_READINGS = 4
_DOTS = re.compile(r" ?[•・‧∙⋅．･·] ?")
_LATIN_WORD = re.compile(r"[^\W_]+")

# As surnames these are read so; the ordinary reading is kept too, for those who do not know.
_SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "曾": ("zeng",), "仇": ("qiu",), "解": ("xie",), "区": ("ou",),
    "朴": ("piao",), "查": ("zha",), "盖": ("ge",), "乐": ("yue", "le"), "员": ("yun",),
    "冼": ("xian",), "洗": ("xian",), "任": ("ren",), "华": ("hua",), "应": ("ying",),
    "纪": ("ji",), "翟": ("zhai", "di"), "秘": ("bi",), "繁": ("po",), "种": ("chong",),
    "召": ("shao",), "隗": ("wei", "kui"), "缪": ("miao",), "宁": ("ning",), "燕": ("yan",),
    "哈": ("ha",), "盛": ("sheng",), "折": ("she",), "覃": ("qin", "tan"), "么": ("yao",),
    "晟": ("cheng",), "粘": ("nian",), "过": ("guo",), "重": ("chong",), "车": ("che",),
    "尉": ("wei",), "黑": ("he",), "令": ("ling",), "撒": ("sa",), "那": ("na",),
    "能": ("nai",), "逄": ("pang",), "谌": ("chen", "shen"), "适": ("kuo",), "句": ("gou",),
    "阙": ("que",), "祭": ("zhai",), "牟": ("mou", "mu"), "葛": ("ge",), "长": ("chang",),
    "藏": ("zang",), "臧": ("zang",), "訾": ("zi",), "郗": ("xi", "chi"), "郇": ("xun", "huan"),
    "佘": ("she",), "昝": ("zan",), "笪": ("da",), "妫": ("gui",), "厍": ("she",), "俞": ("yu",),
    "费": ("fei",), "褚": ("chu",), "都": ("du",), "行": ("xing",), "曲": ("qu",),
}  # fmt: skip
_DOUBLE_SURNAMES: dict[str, tuple[str, str]] = {
    "万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"), "单于": ("chan", "yu"), "令狐": ("ling", "hu"),
    "宰父": ("zai", "fu"), "皇甫": ("huang", "fu"), "鲜于": ("xian", "yu"),
    "夏侯": ("xia", "hou"), "呼延": ("hu", "yan"), "拓跋": ("tuo", "ba"),
    "夹谷": ("jia", "gu"), "谷梁": ("gu", "liang"), "濮阳": ("pu", "yang"),
}  # fmt: skip
# Characters of names and medicines that live with two readings. Dictionaries know more (王 yu,
# 石 dan); those would only bring up the wrong people.
_TWO_READINGS: dict[str, tuple[str, ...]] = {
    "乐": ("le", "yue"), "行": ("xing", "hang"), "重": ("chong", "zhong"),
    "长": ("chang", "zhang"), "朝": ("chao", "zhao"), "茜": ("qian", "xi"), "娜": ("na", "nuo"),
    "莘": ("xin", "shen"), "柏": ("bai", "bo"), "晟": ("sheng", "cheng"),
    "盛": ("sheng", "cheng"), "莎": ("sha", "suo"), "单": ("dan", "shan"), "参": ("shen", "can"),
    "阿": ("a", "e"), "贾": ("jia", "gu"), "解": ("jie", "xie"), "降": ("jiang", "xiang"),
    "藏": ("cang", "zang"), "传": ("chuan", "zhuan"), "曾": ("zeng", "ceng"),
    "还": ("huan", "hai"), "会": ("hui", "kuai"), "觉": ("jue", "jiao"), "卡": ("ka", "qia"),
    "省": ("sheng", "xing"), "宿": ("su", "xiu"), "拓": ("tuo", "ta"), "尉": ("wei", "yu"),
    "校": ("xiao", "jiao"), "粘": ("nian", "zhan"), "仔": ("zi", "zai"), "车": ("che", "ju"),
    "纶": ("lun", "guan"), "率": ("lv", "shuai"), "蔓": ("man", "wan"), "裳": ("chang", "shang"),
    "厦": ("xia", "sha"), "殷": ("yin", "yan"), "召": ("zhao", "shao"), "镐": ("hao", "gao"),
    "炅": ("jiong", "gui"), "奇": ("qi", "ji"), "调": ("tiao", "diao"), "术": ("shu", "zhu"),
    "蛤": ("ha", "ge"), "壳": ("ke", "qiao"), "扁": ("bian", "pian"), "尿": ("niao", "sui"),
    "枸": ("gou", "ju"), "伽": ("jia", "ga"), "都": ("du", "dou"), "强": ("qiang", "jiang"),
    "佛": ("fo", "fu"), "石": ("shi",), "查": ("cha", "zha"), "翟": ("zhai", "di"),
    "铬": ("ge", "luo"), "合": ("he", "ge"), "六": ("liu", "lu"), "什": ("shi", "shen"),
    "弹": ("dan", "tan"), "盖": ("gai", "ge"), "嘉": ("jia",), "宁": ("ning",), "朴": ("pu", "piao"),
}  # fmt: skip


def check_name(text: str) -> str:
    """A name without idle spaces, its middle dot as ·.

    Raises BadName for what is empty, longer than 40, without any letter or with control signs.
    """
    name = _DOTS.sub("·", unicodedata.normalize("NFC", " ".join(text.split())))
    if not 0 < len(name) <= LONGEST or not name.isprintable():
        raise BadName(text)
    if not any(map(str.isalpha, name)):
        raise BadName(text)
    return name


def name_keys(name: str) -> tuple[tuple[str, str], ...]:
    """Every likely (pinyin, initials) of a name, at most four: 李小华 → ("lixiaohua", "lxh").

    A Latin name is a word per initial: Maria Silva → ("mariasilva", "ms").
    """
    folded = name.casefold()
    if any(sign < "\x80" for sign in folded):
        return _latin_keys(folded)
    signs = folded.replace("·", "")
    ways = _ways(signs)
    return _distinct((("".join(way), "".join([part[0] for part in way])) for way in ways))


def product_keys(name: str) -> tuple[str, ...]:
    """Pinyin initials of a product's name, letters and digits kept: 维生素C → ("wssc",).

    At most four; the first is the reading of the whole, so that 人参 is rs and 参差 is cc.
    """
    from pypinyin import Style, lazy_pinyin

    signs = [sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum()]
    whole = lazy_pinyin(signs_to_text(signs), style=Style.NORMAL, errors=list)
    ways = [tuple(whole), *islice(product(*map(_readings, signs)), MOST_READINGS)]
    return _distinct("".join(part[0] for part in way) for way in ways if way)
