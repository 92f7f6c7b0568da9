"""`main.py staff`, beside a till that sells: who may change what, and that it holds at once."""

from __future__ import annotations

from pathlib import Path

from tests.outside.program import LOGIN, answers, refusal, run, sell_lines, selling

GOOD = "6901234567823"
BY = ("--by", "店长", "--by-pin", "246810")
FANG = ("staff", "王芳", "--pin", "135246")


def test_a_cashier_is_added_by_whoever_sits_at_the_machine_and_no_manager_is(home: Path) -> None:
    assert run(home, *FANG).out.strip() == "王芳 可以登录了，工号 2，收银员。"
    assert "--by" in refusal(run(home, "staff", "add", "李雷", "--pin", "864209", "--manager"))
    assert "--by" in refusal(run(home, "staff", "pin", "店长", "--pin", "864209"))
    manager = run(home, "staff", "add", "李雷", "--pin", "864209", "--manager", *BY)
    assert manager.out.strip() == "李雷 可以登录了，工号 3，店长。"


def test_who_is_removed_while_logged_in_is_refused_and_the_basket_stays(home: Path) -> None:
    with selling(home) as till:
        run(home, *FANG)
        till.obeyed("login 王芳 135246", f"scan {GOOD}")
        assert run(home, "staff", "remove", "王芳", *BY).out.strip() == "王芳 停用了，不能再登录。"
        refused = till.say(f"scan {GOOD}")
        assert refused["say"].startswith("“王芳”已经停用")
        assert refused["ok"] is False
        assert refused["basket"]["lines"][0]["quantity_milli"] == 1000
        assert till.say("login 王芳 135246")["ok"] is False
        after = till.obeyed("login 店长 246810", "pay cash 20")
        assert after["sale"]["no"] == "S01-T1-000001"
    assert run(home, "verify").code == 0


def test_the_list_says_who_left_and_they_can_come_back(home: Path) -> None:
    run(home, *FANG)
    run(home, "staff", "role", "王芳", "pharmacist", *BY)
    run(home, "staff", "remove", "王芳", *BY)
    assert run(home, "staff", "list").out.split() == "1 店长 店长 2 王芳 药师 已停用".split()
    run(home, "staff", "back", "王芳", *BY)
    assert answers(home, "login 王芳 135246")[-1]["ok"]


def test_the_own_pin_is_changed_with_the_old_one(home: Path) -> None:
    run(home, *FANG)
    said = refusal(run(home, "staff", "pin", "王芳", "--old", "111222", "--pin", "864209"))
    assert "PIN 不对" in said
    assert run(home, "staff", "pin", "王芳", "--old", "135246", "--pin", "864209").code == 0
    assert answers(home, "login 王芳 864209")[-1]["ok"]


def test_the_last_manager_is_not_removed_and_a_lost_pin_takes_the_recovery_file(
    home: Path, tmp_path: Path
) -> None:
    assert "最后一位什么都能做的店长" in refusal(run(home, "staff", "remove", "店长", *BY))
    reset = ("staff", "reset-manager", "--name", "店长", "--pin", "864209", "--recovery")
    run(tmp_path / "other", "setup", "--store", "别家", "--till", "1", "--manager", "店长",
        "--pin", "246810")  # fmt: skip
    for file in (tmp_path / "other" / "recovery.txt", home / "store.witness"):
        assert "恢复文件" in refusal(run(home, *reset, str(file)))
    assert answers(home, LOGIN)[-1]["ok"], "another store's file changes nothing"
    assert run(home, *reset, str(home / "recovery.txt")).code == 0
    assert answers(home, "login 店长 864209", "open-day 0", *sell_lines(GOOD))[-1]["ok"]
    assert run(home, "verify").code == 0
