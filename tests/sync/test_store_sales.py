"""全店的销售: an office PC counts over the network what both tills of its store sold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.builders import PIN, Home
from tests.outside.program import run, selling
from tests.server.conftest import postgres as postgres
from tests.sync.test_head_office import VITAMIN, Chain, sync
from tests.sync.test_head_office import chain as chain
from tests.sync.test_head_office import utc as utc

SUMS = (
    "SELECT (SELECT count(*) FROM sales), (SELECT coalesce(sum(payable_fen), 0) FROM sales), "
    "(SELECT coalesce(sum(payable_fen), 0) FROM sale_lines), (SELECT count(*) FROM voids), "
    "(SELECT coalesce(sum(back_fen), 0) FROM returns), "
    "(SELECT coalesce(sum(amount_fen), 0) FROM tenders)"
)


def sums(home: Path) -> tuple[int, ...]:
    with Home(home).shop() as shop:
        store: Any = shop.store
        with store.reader() as connection:
            return tuple(connection.execute(SUMS).fetchone())


def test_it_has_what_both_tills_sold_when_it_was_cut_off_between(
    chain: Chain, tmp_path: Path
) -> None:
    cable, other = chain.cables
    tills = [chain.till(tmp_path, "S01", "中山路店", cable, no=no) for no in (1, 2)]
    code = re.search(r"R\S+-\S+-\S{5}", chain.office("code", "S01", "--office"))
    assert code
    pc = tmp_path / "pc"
    made = run(pc, "setup", "--manager", "店长", "--pin", PIN, "--chain", f"{other.url}#{code[0]}")
    assert made.code == 0, made.err
    for home in tills:
        with selling(home) as till:
            till.obeyed(f"scan {VITAMIN}", "pay cash 100")
            sale = till.obeyed(f"scan {VITAMIN}", f"scan {VITAMIN}", "pay cash 100")["sale"]
            till.obeyed(f"void {sale['no']} wrong_product")
            till.obeyed(f"scan {VITAMIN}", f"scan {VITAMIN}", "pay alipay 78")
        assert sync(home).code == 0
    other.pull()
    assert sync(pc).code == 2
    other.plug_in()
    assert "都在总部了" in sync(pc).out
    each = [sums(home) for home in tills]
    assert sums(pc) == tuple(map(sum, zip(*each, strict=True)))
    assert sums(pc)[0] == 6
    assert sync(pc).code == 0
    assert sums(pc)[0] == 6, "once"
    assert run(pc, "verify").code == 0
    assert run(pc, "doctor").code == 0
