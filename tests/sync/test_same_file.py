"""同一份会员表: imported at two tills before they joined; the chain has everybody once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.outside.program import Till, run, selling
from tests.server.conftest import postgres as postgres
from tests.sync.test_head_office import VITAMIN, Chain, sync
from tests.sync.test_head_office import chain as chain
from tests.sync.test_head_office import utc as utc
from tests.sync.test_tiers import wait_until

LI, WANG, OTHER = "800001", "800003", "800009"
FILE = (
    "会员卡号,姓名,手机,生日,等级,积分\n"
    f"{LI},李小华,13800135678,1988-11-25,金卡,12480\n"
    "800002,陈明,13800130002,,银卡,87\n"
    f"{WANG},王芳,,08-15,普通,40\n"
)
HERE, THERE = f"{OTHER},赵云,13700000001,,,10\n", f"{OTHER},钱多,13700000002,,,20\n"


@contextmanager
def two_tills(chain: Chain, folder: Path) -> Iterator[tuple[Path, Path, Till, Till]]:
    """Each has imported the file, and somebody else under one more card."""
    homes = [chain.home(folder, "S01", "中山路店", no=no) for no in (1, 2)]
    for no, (home, more) in enumerate(zip(homes, (HERE, THERE), strict=True)):
        people = folder / f"{no}.csv"
        people.write_text(FILE + more, "utf-8")
        assert run(home, "import", "members", str(people)).code == 0
    with selling(homes[0]) as first, selling(homes[1]) as second:
        yield homes[0], homes[1], first, second


def points(till: Till, card: str) -> int:
    """As the counter shows them."""
    found = till.obeyed(f"scan {card}")["member"]["points"]
    till.obeyed("clear")
    return int(found)


def test_one_file_at_two_tills_gives_everybody_their_points_once(
    chain: Chain, tmp_path: Path
) -> None:
    with two_tills(chain, tmp_path) as (here, there, first, second):
        sale = first.obeyed(f"scan {LI}", f"scan {VITAMIN}", "pay cash 2000")["sale"]
        earned = sale["points_earned"]
        assert earned > 0
        for home, cable, no in ((here, chain.cables[0], 1), (there, chain.cables[1], 2)):
            chain.join(home, "S01", cable, no=no)

        def agree() -> bool:
            assert sync(here).code == sync(there).code == 0
            return points(second, LI) == points(first, LI) == 12480 + earned

        wait_until(agree)
        assert points(first, WANG) == points(second, WANG) == 40
        assert (points(first, OTHER), points(second, OTHER)) == (10, 20)
        said = chain.office("cases")
        assert "两台导入过同一张卡" in said
        assert "两个人用同一张卡" in said
        assert "分开了" in chain.office("part", WANG)
        for home in (here, there):
            assert sync(home).code == 0
            assert run(home, "verify").code == 0
