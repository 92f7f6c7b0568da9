"""Tables as people bring them, and files that are none: lines, reasons, all or nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.outside.program import LOGIN, Done, answers, is_clear, refusal, run

HEAD = "会员卡号,姓名,手机,生日,农历,等级,积分"
PRODUCTS = "条码,名称,售价,会员价,分类,处方药"


def bring(home: Path, what: str, path: Path, *words: str) -> Done:
    return run(home, "import", what, str(path), *words)


def found(home: Path, text: str) -> list[str]:
    return [row["key"] for row in answers(home, LOGIN, f"find {text}")[-1]["found"]]


def workbook(rows: list[list[object]]) -> bytes:
    book, data = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 700 MiB."""
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["会员卡号", "姓名"]]))) as good,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            if name.endswith("sheet1.xml"):
                with bad.open(name, "w", force_zip64=True) as part:
                    for _ in range(700):
                        part.write(bytes(1 << 20))
            else:
                bad.writestr(name, good.read(name))
    return data.getvalue()


FILES = {
    "a picture": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 30,
    "nothing": b"",
    "a line end": b"\r\n\r\n",
    "a web page": "<html><table><tr><td>会员卡号</td></tr></table></html>".encode(),
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "half a workbook": workbook([["会员卡号", "姓名"], ["700001", "赵一"]])[:2000],
    "another zip": b"PK\x03\x04" + bytes(300),
    "no such columns": "货号,颜色\n1,红\n".encode(),
    "headings alone": f"{HEAD}\n".encode(),
    "an open quote": f'{HEAD}\n700001,"赵一\n'.encode(),
    "zeros": bytes(5000),
}


@pytest.mark.parametrize("how", FILES)
@pytest.mark.parametrize("what", ["members", "products"])
def test_a_file_that_is_no_table(home: Path, tmp_path: Path, how: str, what: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(FILES[how])
    refusal(bring(home, what, path))
    refusal(bring(home, what, path, "--good-rows-only"))
    assert run(home, "verify").code == 0


def test_a_bomb_is_refused_before_it_is_unpacked(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(bomb())
    assert path.stat().st_size < 4 << 20
    assert "MiB" in refusal(bring(home, "members", path))


ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_that_shops_have(home: Path, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(f"{HEAD}\n700001,镕基铭,13700000001,11-25,,金卡,5\n".encode(encoding))
    done = bring(home, "members", path)
    assert done.code == 0, done.said
    assert found(home, "镕基铭") == ["700001"]
    assert found(home, "rjm") == ["700001"], "three letters find a name of three characters"
    assert found(home, "0001") == ["700001"]


def test_english_headings_in_any_order_from_a_workbook(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "products.xlsx"
    rows = [["Price", "Name", "Barcode", "Prescription"], [12.5, "人工牛黄", 6909876543212, "no"]]
    path.write_bytes(workbook(rows))
    assert bring(home, "products", path).code == 0
    last = answers(home, LOGIN, "open-day 0", "scan 6909876543212")[-1]
    assert last["basket"]["payable_fen"] == 1250
    assert found(home, "rgnh") == ["6909876543212"]


BAD_ROWS = (
    ("700002,,13700000002,,,,", 3, "姓名"),
    ("700003,钱三,12345,,,,", 4, "手机"),
    ("700004,孙四,13700000004,2-30,,,", 5, "生日"),
    ("700005,李五,13700000005,1-1,,白金,", 6, "等级"),
    ("700006,周六,13700000006,1-1,,,-5", 7, "积分"),
    ("700007,吴七,13700000007,1-1,也许,,", 8, "农历"),
    ("700001,郑八,13700000008,,,,", 9, "会员卡号"),
    ("7,王九,13700000009,,,,", 10, "会员卡号"),
    ("6.90123E+12,王十,13700000010,,,,", 11, "会员卡号"),
    ("700011,\x07,13700000011,,,,", 12, "姓名"),
    ("700012,冯十二,13700000001,,,,", 13, "手机"),
)


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A good row on line 2, bad ones from 3 to 13, a good one on line 14."""
    path = tmp_path / "members.csv"
    rows = [HEAD, "700001,赵一,13700000001,,,,", *(row for row, _, _ in BAD_ROWS)]
    path.write_text("\n".join([*rows, "700099,陈末,13700000099,,,金卡,77", ""]), "utf-8")
    return path


@pytest.mark.parametrize("words", [("--dry-run",), (), ("--dry-run", "--good-rows-only")])
def test_each_bad_row_is_told_and_nothing_comes_in(
    home: Path, spoilt: Path, words: tuple[str, ...]
) -> None:
    done = bring(home, "members", spoilt, *words)
    assert done.code == 1
    told = [line for line in done.out.splitlines() if line.startswith("第 ")]
    assert len(told) == len(BAD_ROWS)
    for said, (_, line, column) in zip(told, BAD_ROWS, strict=True):
        assert said.startswith(f"第 {line} 行“{column}”："), said
        assert is_clear(said), said
    assert "2 行可以导入，11 行有错" in done.out
    assert ("其中新增 2，更新 0，没有变化 0。" in done.out) == ("--dry-run" in words)
    assert found(home, "70000") == found(home, "陈末") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [(("",), "FILE 写得不对"), ((), "还缺 FILE"), (("/nope/a.csv",), "读不了“/nope/a.csv”")],
)
def test_a_file_that_is_not_named_or_not_there_is_one_sentence(
    home: Path, words: tuple[str, ...], told: str
) -> None:
    done = run(home, "import", "members", *words)
    assert done.code == 2
    assert done.err.startswith(told)
    assert "什么都没有" in done.err.splitlines()[0]


def test_only_the_good_rows_as_asked(home: Path, spoilt: Path) -> None:
    done = bring(home, "members", spoilt, "--good-rows-only")
    assert done.code == 0
    assert "新增 2" in done.out
    last = answers(home, LOGIN, "open-day 0", "scan 700099")[-1]
    assert (last["member"]["tier"], last["member"]["points"]) == ("金卡", 77)
    assert found(home, "赵一") == ["700001"]
    assert run(home, "verify").code == 0


def test_bad_products_by_line_and_reason(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    rows = ("690001,好药,1.00,,,", "690002,贵药,0,,,", "690003,药,-1,,,", "690004,,1,,,")
    more = (
        "690005,药,1,1.5x,,",
        "690006,药,1,,,也许",
        "690001,又一种,1,,,",
        f"{'6' * 200},药,1,,,",
    )
    path.write_text("\n".join([PRODUCTS, *rows, *more]), "utf-8")
    done = bring(home, "products", path)
    assert done.code == 1
    told = [line.partition("：")[0] for line in done.out.splitlines() if line.startswith("第 ")]
    columns = ("售价", "售价", "名称", "会员价", "处方药", "条码", "条码")
    assert told == [f"第 {line} 行“{name}”" for line, name in enumerate(columns, 3)]
    assert found(home, "690001") == []


def test_the_same_table_again_changes_nothing(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text(f"{HEAD}\n700001,赵一,13700000001,,,,50\n", "utf-8")
    assert "新增 1，更新 0，没有变化 0" in bring(home, "members", path).out
    assert "新增 0，更新 0，没有变化 1" in bring(home, "members", path).out
    path.write_text(f"{HEAD}\n700001,赵依,13700000001,,,,9999\n", "utf-8")
    assert "新增 0，更新 1，没有变化 0" in bring(home, "members", path).out
    member = answers(home, LOGIN, "open-day 0", "scan 700001")[-1]["member"]
    assert member["points"] == 50, "importing again never touches points"
