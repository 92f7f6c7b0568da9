"""Rows that would take somebody's phone, or hide a product, are told and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outside.program import LOGIN, Done, answers, is_clear, run

HEAD = "会员卡号,姓名,手机"
# Of tests/stories: 李小华 has this phone, the masks this barcode.
CARD, PHONE, MASKS = "800001", "13800135678", "6901234567823"
FREE = "13700000001"


def bring(home: Path, what: str, rows: list[str], *words: str) -> Done:
    path = home / "table.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return run(home, "import", what, str(path), *words)


def told(done: Done) -> list[str]:
    lines = [line for line in done.out.splitlines() if line.startswith("第 ")]
    assert all(map(is_clear, lines)), lines
    return lines


def holders(home: Path, phone: str) -> list[str]:
    found = answers(home, LOGIN, f"find {phone}")[-1]["found"]
    return [row["key"] for row in found if row["kind"] == "member"]


TAKEN = [HEAD, f"700001,赵一,{FREE}", f"700002,钱二,{PHONE}", f"800002,陈明,{PHONE}"]


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_nobody_is_put_onto_the_phone_of_another(home: Path, words: tuple[str, ...]) -> None:
    done = bring(home, "members", TAKEN, *words)
    assert done.code == 1
    new, known = told(done)
    assert new.startswith("第 3 行“手机”：")
    assert "李*华" in new and CARD in new and "李小华" not in new
    assert known.startswith("第 4 行“手机”：")
    assert "--shared-phones" in done.out
    assert holders(home, PHONE) == [CARD]
    assert holders(home, FREE) == []


def test_the_good_rows_come_in_without_those_of_taken_phones(home: Path) -> None:
    done = bring(home, "members", TAKEN, "--good-rows-only")
    assert done.code == 0
    assert "新增 1，更新 0" in done.out
    assert (holders(home, FREE), holders(home, PHONE)) == (["700001"], [CARD])


def test_what_was_told_bad_does_not_become_good_while_the_others_come_in(home: Path) -> None:
    """李小华 gets another phone in the first row: hers is free when the second one's turn comes."""
    rows = [HEAD, f"{CARD},李小华,{FREE}", f"700002,钱二,{PHONE}"]
    done = bring(home, "members", rows, "--good-rows-only")
    assert (done.code, len(told(done))) == (0, 1)
    assert holders(home, PHONE) == []


def test_a_family_shares_a_phone_when_somebody_says_so(home: Path) -> None:
    rows = [*TAKEN, f"700003,赵三,{FREE}"]
    assert len(told(bring(home, "members", rows))) == 3
    done = bring(home, "members", rows, "--shared-phones")
    assert (done.code, told(done)) == (0, [])
    assert sorted(holders(home, PHONE)) == ["700002", CARD, "800002"]
    assert sorted(holders(home, FREE)) == ["700001", "700003"]
    again = bring(home, "members", [HEAD, f"700002,钱尔,{PHONE}"])
    assert (again.code, told(again)) == (0, []), "and keeps it"


@pytest.mark.parametrize("words", [(), ("--dry-run",), ("--shared-phones",)])
def test_a_card_never_hides_a_product(home: Path, words: tuple[str, ...]) -> None:
    done = bring(home, "members", [HEAD, f"{MASKS},赵一,{FREE}"], *words)
    assert done.code == 1
    [line] = told(done)
    assert line.startswith("第 2 行“会员卡号”：")
    assert MASKS in line
    assert "--shared-phones" not in done.out
    assert answers(home, LOGIN, "open-day 0", f"scan {MASKS}")[-1]["basket"]["lines"]


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_product_never_hides_behind_a_card(home: Path, words: tuple[str, ...]) -> None:
    done = bring(home, "products", ["条码,名称,售价", f"{CARD},好药,1.00"], *words)
    assert done.code == 1
    [line] = told(done)
    assert line.startswith("第 2 行“条码”：")
    assert CARD in line
    assert answers(home, LOGIN, "open-day 0", f"scan {CARD}")[-1]["member"]["card_no"] == CARD
