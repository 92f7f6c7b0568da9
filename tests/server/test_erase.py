"""删除: nothing personal is left of who is erased, ever, and what happened still verifies."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import text

import main
from core.actions.enrol_till import name_store
from core.actions.erase_member import erase_member, find_to_erase
from core.actions.feed import page_behind
from core.actions.head_office import begin_serving, open_cases
from core.actions.set_aside import authorise
from core.actions.verify_office import verify_office
from core.errors import MemberUnserved, NoSuchMember, SeveralKnown
from core.sync.directory import MEMBER, MemberTold
from core.sync.effects import NAME, PHONE
from core.sync.erasure import Erasure, Wiped, is_sealed
from core.sync.spending import PointsAsked
from core.sync.wire import sent_of
from server.program import opened_office
from storage.office.tables import OFFICE
from tests.server.arrival import read_all
from tests.server.kept import private_of
from tests.server.speech import imports, joins, merges, sells, writes
from tests.server.tills import TODAY, TillAtWork, new_id, said, sent
from ui.text import sentence

PHONE_NO, NAMES = "+8613912345678", ("欧阳静怡", "欧阳小静")
PERSONAL = (PHONE_NO, *NAMES, "990077")


@pytest.fixture
def till(office):
    return TillAtWork().join(office)


@pytest.fixture
def member(office, till):
    """Who was two cards, and has 100 points; beside a good event and one that is kept apart."""
    gone = joins(till, name=NAMES[1], no="990077")
    member = joins(till, name=NAMES[0], phone=PHONE_NO)
    sells(till, member, 100)
    merges(till, gone, member)
    session = till.begin(office)
    sent(office, session, *till.events)
    sent(office, session, replace(sent_of(till.events[1]), hash="00" * 32))
    read_all(office)
    return member


def told(office, till, member) -> MemberTold:
    """What the feed says of one."""
    page = page_behind(office, till.begin(office).token, "")
    found = [each for each in page.changes if each.topic == MEMBER and each.about == member.hex]
    return msgspec.json.decode(found[0].value, type=MemberTold)


def everything(office) -> str:
    """All rows of all tables as text."""
    with office.store._engine.connect() as connection:
        rows = [
            str(tuple(map(_plain, row)))
            for name in OFFICE.tables
            for row in connection.execute(text(f"SELECT * FROM {name}"))
        ]
    return "\n".join(rows)


def _plain(value: object) -> object:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes) else value


def left_of(office) -> list[str]:
    kept = everything(office)
    return [each for each in PERSONAL if each in kept]


def test_nothing_personal_is_left_and_the_chains_still_verify(office, till, member):
    assert left_of(office) == list(PERSONAL)
    before = verify_office(office)
    certificate = erase_member(office, member)
    assert left_of(office) == []
    assert certificate.wiped.beside == 6, "name, phone and card of both"
    assert certificate.wiped.apart == 3
    assert verify_office(office) == before
    with office.store.read() as reading:
        erased = reading.members.get(member)
        assert erased.is_erased and not {NAME, PHONE} & set(erased.fields)
        assert is_sealed(reading.erasures.key, Erasure(erased.known_as, certificate.seal))


def test_it_is_done_once_and_the_same_certificate_comes_again(office, till, member):
    first = erase_member(office, member)
    office.clock.wait_s(60)
    again = erase_member(office, member)
    assert again == replace(first, wiped=Wiped())
    with pytest.raises(NoSuchMember):
        erase_member(office, new_id())


def test_every_till_is_told_and_nobody_spends_their_points(office, till, member):
    certificate = erase_member(office, member)
    said_of = told(office, till, member)
    assert said_of.is_erased and said_of.seal == certificate.seal
    assert (said_of.name, said_of.cards, said_of.phones, said_of.lots) == ("", (), (), ())
    assert len(said_of.known_as) == 1, "whom they were before is to be forgotten, too"
    with pytest.raises(MemberUnserved):
        authorise(office, till.begin(office).token, PointsAsked(new_id(), member, 1, TODAY))


def test_a_late_edit_of_a_till_that_was_offline_is_kept_without_its_values(office, till, member):
    erase_member(office, member)
    late = writes(till, "CardReplaced", member, card_no="990077", name=NAMES[0])
    strange = replace(
        sent_of(writes(till, "BirthdayChanged", member, name=NAMES[0])), hash="0" * 64
    )
    session = till.begin(office)
    assert said(sent(office, session, late, strange)) == ["accepted", "quarantined hash"]
    read_all(office)
    assert left_of(office) == []
    assert private_of(office, late.id) == []
    verify_office(office)


def test_who_is_merged_with_one_who_was_erased_stays_who_they_are(office, till, member):
    erase_member(office, member)
    other = joins(till, name="李四")
    merges(till, other, member)
    merges(till, member, other)
    sent(office, till.begin(office), *till.events[4:])
    read_all(office)
    with office.store.read() as reading:
        assert reading.members.get(other).fields[NAME] == "李四"
        assert reading.members.get(member).is_erased


def test_an_import_brings_nobody_back(office, till, member):
    _, (imported,) = imports(till, 5)
    sent(office, till.begin(office), *till.events[4:])
    read_all(office)
    with office.store.read() as reading:
        name = reading.members.get(imported).fields[NAME]
    erase_member(office, imported)
    assert f"'{name}'" not in everything(office)


def test_a_server_that_was_put_back_erases_again_what_its_tills_have_erased(office, till, member):
    """The till says what it was told, with the seal."""
    certificate = erase_member(office, member)
    members = [member, *told(office, till, member).known_as]
    till.make("MemberErased", {"members": members, "seal": certificate.seal})
    with office.store._engine.begin() as connection:
        connection.execute(text("DELETE FROM erased"))
    late = writes(till, "CardReplaced", member, card_no="990077")
    sent(office, till.begin(office), *till.events[4:])
    read_all(office)
    assert told(office, till, member).is_erased
    assert private_of(office, late.id) == []
    assert open_cases(office)[0].kind == "hash"


def test_nobody_has_a_member_erased_by_saying_so(office, till, member):
    till.make("MemberErased", {"members": [member], "seal": "00" * 16})
    sent(office, till.begin(office), *till.events[4:])
    read_all(office)
    assert not told(office, till, member).is_erased
    assert sorted(case.kind for case in open_cases(office)) == ["hash", "unsealed"]


def test_an_office_asks_for_it_and_a_case_says_whom(office, till, member):
    till.make("ErasureAsked", {"members": [member], "seal": ""})
    sent(office, till.begin(office), *till.events[4:])
    read_all(office)
    assert not told(office, till, member).is_erased
    (wanted,) = [case for case in open_cases(office) if case.kind == "erasure_wanted"]
    assert find_to_erase(office, wanted.about).member_id == member
    erase_member(office, member)
    till.make("ErasureAsked", {"members": [member], "seal": ""})
    sent(office, till.begin(office), *till.events[5:])
    read_all(office)
    assert [case.kind for case in open_cases(office)].count("erasure_wanted") == 1


@pytest.mark.parametrize("by", [PHONE_NO, PHONE_NO.removeprefix("+86"), "990077"])
def test_they_are_found_by_card_and_phone(office, member, by):
    found = find_to_erase(office, by)
    assert (found.member_id, found.name, found.points) == (member, NAMES[0], 100)
    with pytest.raises(NoSuchMember):
        find_to_erase(office, "12345")


def test_whoever_was_erased_before_is_said_to_have_been_with_the_same_certificate(tmp_path, capsys):
    database = f"sqlite:///{tmp_path / 'office.db'}"
    with opened_office(database, None) as office:
        begin_serving(office, "康源")
        name_store(office, "S01", "中山路店")
        till = TillAtWork().join(office)
        who = joins(till, name=NAMES[0], phone=PHONE_NO)
        sent(office, till.begin(office), *till.events)
        read_all(office)

    def erased(*words):
        assert main.main(["office", "erase", str(who), *words, "--database", database]) == 0
        return capsys.readouterr().out.splitlines()

    assert NAMES[0] in erased()[0], "nobody is erased unasked"
    first = erased("--yes")
    assert first[0] == "删除证明"
    assert first[3].startswith("这次删除 ") and "这次删除 0 条" not in first[3]
    again = erased()
    assert again[:2] == ["这位会员以前删过了，证明再打一份。", "删除证明"]
    assert again[4].startswith("这次删除 0 条")
    assert [again[2], again[3], *again[5:]] == [first[1], first[2], *first[4:]]


def test_no_byte_of_them_is_left_in_the_file_of_a_small_shop(tmp_path):
    with opened_office(None, tmp_path) as office:
        name_store(office, "S01", "中山路店")
        till = TillAtWork().join(office)
        who = joins(till, name=NAMES[0], phone=PHONE_NO, no="990077")
        sent(office, till.begin(office), *till.events)
        read_all(office)
        erase_member(office, who)
        for path in tmp_path.iterdir():
            content = path.read_bytes()
            assert not [each for each in PERSONAL if each.encode() in content], path.name


def test_of_a_card_that_several_have_had_an_id_says_which(office, till):
    who = [joins(till, name=name, no="990078") for name in ("陈明", "陈光")]
    sent(office, till.begin(office), *till.events)
    read_all(office)
    with pytest.raises(SeveralKnown) as several:
        find_to_erase(office, "990078")
    assert sorted(several.value.members) == sorted(map(str, who))
    words = sentence(several.value)
    assert "什么都没有删" in words
    assert str(who[0]) in words
    assert find_to_erase(office, str(who[1])).name == "陈光"
