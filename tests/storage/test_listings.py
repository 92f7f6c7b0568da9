"""What a cashier types finds members and products; the surest meaning comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.store import TillStore
from tests.storage.making import a_member, a_product, a_store

PEOPLE = (
    ("880001", "张三", "+8613700001234"),
    ("880002", "张三丰", "+8613700005678"),
    ("880003", "李小华", "+8615812340000"),
    ("880004", "林晓红", "+8615899991234"),
    ("880005", "曾国强", None),
    ("VIP0007", "阿依古丽·买买提", "+85291234567"),
)
GOODS = (
    ("6920001", "云南白药牙膏"),
    ("6920002", "999感冒灵颗粒"),
    ("6920003", "维生素C片"),
)


@pytest.fixture
def store(tmp_path: Path):
    store = a_store(tmp_path / "home")
    with store.write() as tx:
        for card_no, name, phone in PEOPLE:
            tx.members.add(a_member(card_no, name, phone))
        for code, name in GOODS:
            tx.products.add(a_product(code, name))
    yield store
    store.close()


def found(store: TillStore, text: str) -> list[str]:
    with store.read() as reading:
        return [suggestion.name for suggestion in reading.suggest(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三", ["张三", "张三丰"]),
        ("张三丰", ["张三丰"]),
        ("lxh", ["李小红", "李小华", "林晓红"]),
        ("LXH", ["李小红", "李小华", "林晓红"]),
        ("zgq", ["曾国强"]),
        ("zengguo", ["曾国强"]),
        ("lixiaoh", ["李小红", "李小华"]),
        ("5678", ["张三丰"]),
        ("1234", ["张三", "林晓红"]),
        ("1370000", ["张三", "张三丰"]),
        ("158 9999", ["林晓红"]),
        ("+8615812340000", ["李小华"]),
        ("85291234567", ["阿依古丽·买买提"]),
        ("880003", ["李小华"]),
        ("VIP0007", ["阿依古丽·买买提"]),
        ("vip", ["阿依古丽·买买提"]),
        ("阿依古丽买买", ["阿依古丽·买买提"]),
        ("云南", ["云南白药牙膏"]),
        ("牙膏", ["云南白药牙膏"]),
        ("ynby", ["云南白药牙膏"]),
        ("byyg", ["云南白药牙膏"]),
        ("999g", ["999感冒灵颗粒"]),
        ("感冒灵", ["999感冒灵颗粒"]),
        ("wssc", ["维生素C片"]),
        ("维生素c", ["维生素C片"]),
        ("6901234567892", ["同仁堂阿莫西林胶囊"]),
        ("692000", ["云南白药牙膏", "999感冒灵颗粒", "维生素C片"]),
        ("amxl", ["同仁堂阿莫西林胶囊"]),
        ("没有的", []),
        ("张", ["张三", "张三丰"]),
        ("z", []),
        ("", []),
        ("%_'\";--", []),
    ],
)
def test_a_text_finds(store: TillStore, text: str, names: list[str]) -> None:
    assert sorted(found(store, text)) == sorted(names)


def test_the_last_four_come_before_a_number_that_begins_so(store: TillStore) -> None:
    with store.write() as tx:
        tx.members.add(a_member("12340001", "卡号像", None))
    assert found(store, "1234")[-1] == "卡号像"


def test_a_suggestion_says_what_choosing_it_needs(store: TillStore) -> None:
    with store.read() as reading:
        member, product = reading.suggest("张三")[0], reading.suggest("云南")[0]
    assert (member.kind, member.key, member.detail) == ("member", "880001", "+8613700001234")
    assert (member.tier, member.points) == ("basic", 0)
    assert (product.kind, product.key, product.price_fen) == ("product", "6920001", 1250)


def test_products_are_not_crowded_out_by_members(store: TillStore) -> None:
    with store.write() as tx:
        for no in range(20):
            tx.members.add(a_member(f"9{no}", f"云南{no}", None))
    names = found(store, "云南")
    assert len(names) == 8
    assert names[-1] == "云南白药牙膏"
