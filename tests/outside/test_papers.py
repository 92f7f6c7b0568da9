"""main.py papers: a shop looks at its papers, changes one, makes a mistake, and goes back."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from tests.builders import PIN
from tests.outside.program import answers, refusal, run, sell_lines


def said(home: Path, *words: str) -> str:
    done = run(home, "papers", *words)
    assert done.code == 0, done.err
    return done.out


def words_of_pdf(folder: Path) -> str:
    [file] = folder.glob("*.pdf")
    return str(pypdfium2.PdfDocument(file)[0].get_textpage().get_text_bounded())


def test_a_shop_changes_a_paper_and_goes_back(home: Path, tmp_path: Path) -> None:
    assert said(home, "list").count("随程序的") == 10
    file = tmp_path / "receipt.toml"
    thanks = '[[part]]\ntext = "谢谢光临 {store}"\ncentre = true\n'
    file.write_text(f"{said(home, 'show', 'receipt')}\n{thanks}", encoding="utf-8")
    assert "没有错" in said(home, "check", str(file))
    said(home, "use", str(file))
    assert "自己的" in said(home, "list")
    assert "谢谢光临 样张门店" in said(home, "preview", "receipt")
    said(home, "preview", "receipt", "--to", str(tmp_path / "out"))
    assert "谢谢光临 样张门店" in words_of_pdf(tmp_path / "out")
    assert ".old" in said(home, "reset", "receipt")
    assert "谢谢光临" not in said(home, "preview", "receipt")


def test_a_mistake_is_one_sentence_with_its_line_and_changes_nothing(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "receipt.toml"
    file.write_text('[[part]]\ntext = "{shop}"\n', encoding="utf-8")
    for verb in ("check", "use"):
        sentence = refusal(run(home, "papers", verb, str(file)))
        assert "第 2 行" in sentence and "{store}" in sentence
    assert not (home / "papers").exists()
    (home / "papers").mkdir()
    (home / "papers" / "receipt.toml").write_text("x", encoding="utf-8")
    assert "打印照常" in said(home, "list")
    assert "打印照常" in run(home, "till", "--headless", lines=["quit"]).err
    assert "应收" in said(home, "preview", "receipt")


def test_gift_receipts_and_coupons_of_a_screenless_till(home: Path) -> None:
    begun = [f"login {PIN}", "open-day 200", *sell_lines("6901234567809")]
    *_, gift = answers(home, *begun, "gift-receipt")
    assert gift["ok"] and "礼品小票" in str(gift["say"]) and "应收" not in str(gift["say"])


def test_a_statement_of_a_member_is_a_pdf(home: Path, tmp_path: Path) -> None:
    words = ("statement", "800001", "--from", "2026-01-01", "--to", str(tmp_path / "out"))
    said(home, *words, "--by", "店长", "--by-pin", PIN)
    assert "会员对账单" in words_of_pdf(tmp_path / "out")
