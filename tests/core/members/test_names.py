"""姓名: pinyin and initials, every reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadName
from core.members.names import LONGEST, MOST_READINGS, check_name, name_keys, product_keys

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)
ANYTHING = st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("李小华", "李小华"),
        ("  李 小华　", "李 小华"),
        ("Maria   Silva", "Maria Silva"),
        ("阿卜杜勒•热合曼", "阿卜杜勒·热合曼"),
        ("阿卜杜勒・热合曼", "阿卜杜勒·热合曼"),
        ("阿卜杜勒 ‧ 热合曼", "阿卜杜勒·热合曼"),
        ("阿卜杜热合曼·买买提艾力江江", "阿卜杜热合曼·买买提艾力江江"),
        ("Jose\u0301", "José"),
        ("𠮷田", "𠮷田"),
        ("O'Brien-Smith", "O'Brien-Smith"),
        ("王" * LONGEST, "王" * LONGEST),
    ],
)
def test_a_name_is_kept_as_it_is_but_for_spaces_and_dots(text, name):
    assert check_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["", "   ", "·", "***", "12345", "王" * (LONGEST + 1), "李\x00华", "李\x1b[31m华", "李\u202e华",
     "李\u200b华", "\ufeff李华", "李\ue000"],
)  # fmt: skip
def test_what_is_no_name_is_refused(text):
    with pytest.raises(BadName) as refused:
        check_name(text)
    assert refused.value.text == text


@given(ANYTHING)
def test_a_checked_name_stays_as_it_is_and_can_be_searched(text):
    try:
        name = check_name(text)
    except BadName:
        return
    assert check_name(name) == name
    assert name_keys(name)


def test_three_letters_find_a_name_of_three_characters():
    assert name_keys("李小华") == (("lixiaohua", "lxh"),)


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("单雄信", "shanxiongxin"), ("曾志伟", "zengzhiwei"), ("仇英", "qiuying"),
        ("解晓东", "xiexiaodong"), ("区小玲", "ouxiaoling"), ("朴志龙", "piaozhilong"),
        ("查良镛", "zhaliangyong"), ("盖叫天", "gejiaotian"), ("乐嘉", "yuejia"),
        ("员小明", "yunxiaoming"), ("冼星海", "xianxinghai"), ("任正非", "renzhengfei"),
        ("翟天临", "zhaitianlin"), ("缪小明", "miaoxiaoming"), ("覃小明", "qinxiaoming"),
        ("阚清子", "kanqingzi"), ("种丹妮", "chongdanni"), ("尉迟恭", "yuchigong"),
        ("万俟卨", "moqixie"), ("长孙无忌", "zhangsunwuji"), ("澹台灭明", "tantaimieming"),
        ("欧阳娜", "ouyangna"), ("诸葛亮", "zhugeliang"), ("吕布", "lvbu"),
    ],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name, pinyin):
    first, *_ = name_keys(name)
    assert first[0] == pinyin


def test_the_ordinary_reading_of_a_surname_finds_it_too():
    assert ("dan", "d") in name_keys("单")
    assert ("qu", "q") in name_keys("区")
    assert ("weichigong", "wcg") in name_keys("尉迟恭")
    assert {"chanyuwen", "shanyuwen"} <= {pinyin for pinyin, _ in name_keys("单于文")}


def test_both_readings_of_a_given_name_find_it():
    assert {pinyin for pinyin, _ in name_keys("张行")} == {"zhangxing", "zhanghang"}
    assert {initials for _, initials in name_keys("王茜")} == {"wq", "wx"}


def test_of_many_readings_those_of_the_surname_are_kept_first():
    readings = [pinyin for pinyin, _ in name_keys("乐行长乐")]
    assert len(readings) == MOST_READINGS
    assert readings[0].startswith("yuexing")
    assert readings[1].startswith("lexing")


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("Maria Silva", "mariasilva", "ms"),
        ("José Ñandú", "josenandu", "jn"),
        ("李Tom", "litom", "lt"),
        ("扎西·多吉", "zhaxiduoji", "zxdj"),
        ("𠮷田", "𠮷tian", "𠮷t"),
        ("Анна", "анна", "а"),
    ],
)
def test_names_of_other_scripts(name, pinyin, initials):
    assert name_keys(name) == ((pinyin, initials),)


@given(HAN)
def test_a_name_has_one_initial_for_each_character(name):
    keys = name_keys(name)
    assert 1 <= len(keys) <= MOST_READINGS
    assert len(set(keys)) == len(keys)
    assert {len(initials) for _, initials in keys} == {len(name)}
    assert all(pinyin[0] == initials[0] for pinyin, initials in keys)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("维生素C", {"wssc"}),
        ("维生素Ｃ咀嚼片", {"wsscjjp"}),
        ("碳酸钙D3片", {"tsgd3p"}),
        ("KN95口罩", {"kn95kz"}),
        ("枸杞子（散装）", {"gqzsz", "jqzsz"}),
        ("0.9%氯化钠", {"09lhn"}),
        ("（）", set()),
    ],
)
def test_products_are_found_by_initials_letters_and_digits(name, keys):
    assert set(product_keys(name)) == keys


def test_medicines_are_found_by_the_reading_of_the_trade():
    assert "ds" in product_keys("党参")
    assert "ejk" in product_keys("阿胶块")
    assert "aspl" in product_keys("阿司匹林")
    assert "bz" in product_keys("白术")


@given(ANYTHING)
def test_any_text_has_at_most_four_product_keys(text):
    keys = product_keys(text)
    assert len(keys) <= MOST_READINGS
    assert all(keys)
