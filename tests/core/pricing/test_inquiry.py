"""询价: a basket in one JSON object; what is wrong is named by its place; question and answer have
their schemas."""

from __future__ import annotations

import copy
import io
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

import main
from core.errors import BadRecord
from core.pricing.basket import MAX_LINES
from core.pricing.inquiry import WORDS, inquiry_of, inquiry_schema
from core.pricing.record import price_again, pricing_record
from storage.rulebook_file import load_rulebook
from tests.core.json_schema import faults, keys
from ui.console.quote_answer import quote_record, schemas

SUPERMARKET = Path(__file__).parents[3] / "resources" / "rulebooks" / "supermarket.toml"
BOOK = load_rulebook(SUPERMARKET)
ASKED = {
    "at": "2026-11-27T00:30+08:00",
    "member": {
        "tier": "gold",
        "points": 3200,
        "joined_on": "2026-11-01",
        "has_bought": True,
        "birthday": "农历十月初八",
        "birthday_edited_on": "2025-01-01",
    },
    "uses": [{"offer": "welcome", "in_all": 3}],
    "off": ["wednesday"],
    "store": "S01",
    "points": 1000,
    "lines": [
        {"code": "A", "name": "酸奶", "price_fen": 1250, "quantity_milli": 3000},
        {"code": "B", "price_fen": 999, "member_price_fen": 899, "is_weighed": True},
        {"code": "A", "name": "酸奶", "price_fen": 1250, "by_hand": {"price_fen": 900}},
    ],
    "tenders": [{"kind": "cash", "amount_fen": 10000}],
    "discount": {"amount_fen": 100, "reason": "老顾客"},
}


def test_after_midnight_it_is_still_yesterdays_business():
    moment = inquiry_of(ASKED, BOOK).moment
    assert (moment.business_on, moment.minute) == (date(2026, 11, 26), 30)
    assert inquiry_of(ASKED | {"day_ends_hour": 0}, BOOK).moment.business_on == date(2026, 11, 27)


def test_an_event_keeps_all_that_was_asked():
    asked = inquiry_of(ASKED, BOOK)
    body = pricing_record(asked.basket, asked.standing, BOOK, asked.moment, asked.uses)
    again = price_again(json.loads(json.dumps(body)))
    assert again == asked.quoted(BOOK)


def test_question_and_answer_are_as_their_schemas_say():
    asked = inquiry_of(ASKED, BOOK)
    answer = quote_record(asked.quoted(BOOK), asked.basket, BOOK)
    both = schemas()
    assert list(faults(both["inquiry"], ASKED)) == []
    assert list(faults(both["quote"], json.loads(json.dumps(answer)))) == []
    assert set(answer) == set(both["quote"]["properties"])


def test_every_word_describes_a_field():
    properties = inquiry_schema()["properties"]
    line = properties["lines"]["items"]["properties"]
    assert line["price_fen"]["description"] == WORDS["price_fen"]
    assert WORDS["by_hand.price_fen"] in str(line["by_hand"])
    assert WORDS["price_fen"] not in str(line["by_hand"])
    assert {word.rpartition(".")[2] for word in WORDS} <= keys(inquiry_schema())


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("at", lambda q: q.pop("at")),
        ("at", lambda q: q.update(at="2026-11-26T10:00")),
        ("at", lambda q: q.update(at="yesterday")),
        ("colour", lambda q: q.update(colour="red")),
        ("member.tier", lambda q: q.update(member={"tier": "platinum"})),
        ("member.birthday", lambda q: q["member"].update(birthday="2月30日")),
        ("coupons[0]", lambda q: q.update(coupons=["NO-SUCH"])),
        ("off[1]", lambda q: q["off"].append("no-such")),
        ("uses[0].offer", lambda q: q["uses"][0].update(offer="no-such")),
        ("lines[1].offer", lambda q: q["lines"][1].update(offer="no-such")),
        ("tenders[0].kind", lambda q: q.update(tenders=[{"kind": "shells", "amount_fen": 1}])),
        ("lines[1].price_fen", lambda q: q["lines"][1].update(price_fen=9.99)),
        ("lines[0].quantity_milli", lambda q: q["lines"][0].update(quantity_milli=500)),
        ("lines[2].by_hand.amount_fen", lambda q: q["lines"][2].update(by_hand={"reason": "好"})),
        ("lines", lambda q: q.update(lines=q["lines"] * 200)),
    ],
)
def test_what_is_wrong_is_named_by_its_place(path, change):
    asked = copy.deepcopy(ASKED)
    change(asked)
    with pytest.raises(BadRecord) as caught:
        inquiry_of(asked, BOOK)
    assert caught.value.path == path


def said(monkeypatch, capsys, text, *words):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    code = main.main(["quote", *words])
    streams = capsys.readouterr()
    return code, streams.out, streams.err


def test_the_command_answers_without_any_store(monkeypatch, capsys, tmp_path):
    words = ("--rulebook", str(SUPERMARKET), "--home", str(tmp_path))
    code, out, err = said(monkeypatch, capsys, json.dumps(ASKED), *words)
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert (
        answer["list_fen"] - sum(a["amount_fen"] for a in answer["adjustments"])
        == (answer["payable_fen"])
    )
    assert all(each["say"] for each in [*answer["adjustments"], *answer["rejected"]])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [("", "“$”"), ('{"lines": [', "“$”"), ("[]", "“$”"), ('{"lines": [{}]}', "lines[0].code")],
)
def test_bad_input_is_one_sentence_with_the_place(monkeypatch, capsys, text, place):
    code, out, err = said(monkeypatch, capsys, text, "--rulebook", str(SUPERMARKET))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert place in err


def test_both_schemas_are_printed(monkeypatch, capsys):
    code, out, _ = said(monkeypatch, capsys, "", "--schema")
    assert code == 0
    assert json.loads(out) == json.loads(json.dumps(schemas()))


def test_what_is_not_said_is_not_so():
    asked = {"at": "2026-11-27T10:00+08:00", "lines": [{"code": "A", "price_fen": 1250}]}
    plain = inquiry_of(asked | {"member": {"tier": "gold"}, "off": ["wednesday"]}, BOOK)
    (line,) = plain.basket.lines
    assert (line.no, line.quantity_milli, line.label_fen, line.by_hand) == (1, 1000, None, None)
    assert (line.product.name, line.product.code) == ("A", "A")
    assert (plain.basket.next_line, plain.basket.points, plain.basket.discount) == (2, 0, None)
    assert [(off.staff_no, off.answers_no) for off in plain.basket.off] == [(0, 0)]
    assert plain.standing is not None
    assert (plain.standing.points, plain.standing.has_bought) == (0, False)
    at = datetime.fromisoformat("2026-11-27T10:00+08:00")
    assert plain.moment.at_us == int(at.timestamp()) * 1_000_000
    assert inquiry_of(asked, BOOK).standing is None


def test_who_gives_by_hand_has_no_number_here():
    asked = inquiry_of(ASKED, BOOK).basket
    price = asked.lines[2].by_hand
    assert price is not None
    assert asked.discount is not None
    assert (price.staff_no, asked.discount.staff_no) == (0, 0)


def test_a_name_stands_beside_its_code():
    product = inquiry_of(ASKED, BOOK).basket.lines[0].product
    assert (product.code, product.name) == ("A", "酸奶")


def refused(asked) -> str:
    with pytest.raises(BadRecord) as caught:
        inquiry_of(asked, BOOK)
    return caught.value.path


def test_the_least_and_the_most_that_may_be_asked():
    line = {"code": "A", "price_fen": 1}
    asked = {
        "at": "2026-11-27T10:00+08:00",
        "lines": [line] * MAX_LINES,
        "tenders": [{"kind": "cash", "amount_fen": 1}],
    }
    assert len(inquiry_of(asked, BOOK).basket.lines) == MAX_LINES
    assert refused(asked | {"lines": [line] * (MAX_LINES + 1)}) == "lines"
    assert refused(asked | {"day_ends_hour": 24}) == "day_ends_hour"
    grain = {"code": "A", "price_fen": 1, "is_weighed": True, "quantity_milli": 1}
    assert inquiry_of(asked | {"lines": [grain]}, BOOK).basket.lines[0].quantity_milli == 1
    short = replace(BOOK.scheme, tiers=(replace(BOOK.scheme.tiers[0], code="V"),))
    assert inquiry_of(asked | {"member": {"tier": "V"}}, replace(BOOK, scheme=short)).standing
