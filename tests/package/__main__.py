"""`python -m tests.package [--built] [--pictures DIR]`: does the packaged program sell?

Builds dist/shuke (unless --built), and then does with it what a shop does: sets a till up, sells
without a screen and on one (Xvfb, typed by xdotool), prints into a file, closes, and looks at
everything again. A Linux with Xvfb, xdotool and import (ImageMagick) is needed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
PROGRAM = HOUSE / "dist" / "shuke" / "shuke"
PRODUCTS = HOUSE / "resources" / "sample" / "products.csv"
NEEDED = ("Xvfb", "xdotool", "import")
DISPLAY = ":93"
PIN = "246810"
PATIENCE_S = 60


def main() -> int:
    """0 where all of it worked; an assertion says what did not."""
    parser = argparse.ArgumentParser(prog="python -m tests.package")
    parser.add_argument("--built", action="store_true", help="take dist/shuke as it is")
    parser.add_argument("--pictures", type=Path, help="where screenshots go")
    given = parser.parse_args()
    if lacking := [name for name in NEEDED if not shutil.which(name)]:
        sys.exit(f"This needs {', '.join(lacking)}.")
    if not given.built:
        subprocess.run([sys.executable, HOUSE / "tools" / "package.py"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        try_out(Path(folder), given.pictures or Path(folder))
    return 0


def try_out(folder: Path, pictures: Path) -> None:
    """Everything that a shop does with it on its first day."""
    pictures.mkdir(parents=True, exist_ok=True)
    home, paper = folder / "till", folder / "paper.bin"
    shop = ["--store", "中山路店", "--till", "1", "--manager", "店长", "--pin", PIN]
    tell("setup", program("setup", *shop, "--printer", f"file:{paper}", home=home))
    tell("import", program("import", "products", str(PRODUCTS), home=home))
    code = PRODUCTS.read_text("utf-8").splitlines()[1].split(",")[0]
    headless(home, code)
    printed = paper.stat().st_size
    assert printed, "nothing was printed"
    with screen():
        on_screen(home, code, pictures)
        assert paper.stat().st_size > printed, "the sale on the screen was not printed"
        found = json.loads(program("doctor", "--json", home=home))
        checks = {check["what"]: check for check in found["checks"]}
        assert found["ok"], found
        assert checks["window"]["facts"]["platform"] == "xcb"
        assert checks["font"]["grade"] != "bad" and "pictures" not in checks
        assert checks["crashes"]["state"] == "none"
        tell("doctor", str(found["say"]))
        breaks_down(home, pictures)
        demo(folder / "demo", pictures)
    tell("verify", program("verify", home=home))
    tell("backup", program("backup", home=home))


def headless(home: Path, code: str) -> None:
    """A sale by commands."""
    lines = [f"login {PIN}", "open-day 0", f"scan {code}", "pay cash 2000"]
    said = program("till", "--headless", home=home, told="\n".join(lines))
    assert "S01-T1-000001" in said, said
    tell("till --headless", said.splitlines()[-1])


def on_screen(home: Path, code: str, pictures: Path) -> None:
    """A sale by keys, and the window closed by whoever shuts the system down."""
    till = subprocess.Popen([PROGRAM, "till", "--home", home])
    try:
        window = shown()
        picture(pictures / "login.png")
        as_a_hand(PIN)
        keys("key", "Return")
        time.sleep(2)
        keys("type", "--delay", "2", code)
        keys("key", "Return")
        time.sleep(1)
        picture(pictures / "counter.png")
        keys("key", "F9")
        time.sleep(1)
        picture(pictures / "payment.png")
        keys("key", "Return")
        time.sleep(2)
        picture(pictures / "sold.png")
        again = program("till", home=home)
        assert "已经开着" in again, again
        assert window in windows(), "the second start took the first one's window"
    finally:
        till.send_signal(signal.SIGTERM)
        code_of_end = till.wait(PATIENCE_S)
    assert code_of_end == 0, code_of_end
    said = program("till", "--headless", home=home, told=f"login {PIN}\nreprint\n")
    assert "S01-T1-000002" in said, said
    tell("till", f"sold on the screen; pictures in {pictures}")


def breaks_down(home: Path, pictures: Path) -> None:
    """A window that dies of a fault is there again without anybody's doing."""
    till = subprocess.Popen([PROGRAM, "till", "--home", home])
    shown()
    time.sleep(3)  # it is watched once it has been standing
    till.send_signal(signal.SIGSEGV)
    till.wait(PATIENCE_S)
    wait(lambda: running(home) not in (0, till.pid), "the till did not come back")
    shown()
    picture(pictures / "back.png")
    os.kill(running(home), signal.SIGTERM)
    wait(lambda: not running(home), "the till that came back does not end")
    [file] = (home / "crashes").glob("crash-*.txt")
    assert "Segmentation fault" in file.read_text("utf-8")
    tell("after a fault", "the till came back by itself")


def running(home: Path) -> int:
    """The process of the till that runs in a home, 0 for none."""
    mark = home / "crashes" / "running"
    said = mark.read_text("ascii") if mark.exists() else ""
    found = re.search(r"pid (\d+)", said)
    return int(found[1]) if found else 0


def demo(home: Path, pictures: Path) -> None:
    """The demonstration shop: made, shown, closed."""
    shop = subprocess.Popen([PROGRAM, "demo", "--home", home])
    try:
        shown()
        picture(pictures / "demo.png")
    finally:
        shop.send_signal(signal.SIGTERM)
        code = shop.wait(PATIENCE_S)
    assert code == 0, code
    tell("demo", "shown")


def program(*words: str, home: Path, told: str = "") -> str:
    """What the packaged program says; it must end well."""
    done = subprocess.run(
        [PROGRAM, *words, "--home", home],
        input=told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE_S * 3,
    )
    assert done.returncode == 0, f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def screen() -> Iterator[None]:
    """A screen of its own, in memory."""
    server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.environ["DISPLAY"] = DISPLAY
    os.environ.pop("QT_QPA_PLATFORM", None)
    try:
        asked = ["xdotool", "getdisplaygeometry"]
        wait(lambda: not subprocess.run(asked, capture_output=True).returncode, "no screen")
        yield
    finally:
        server.terminate()
        server.wait()
        del os.environ["DISPLAY"]


def shown() -> str:
    """The till's window, when somebody can type into it."""
    wait(lambda: bool(windows()), "no window was shown")
    window = windows()[-1]
    time.sleep(4)  # the store opens behind it
    keys("windowfocus", window)
    time.sleep(1)
    return window


def windows() -> list[str]:
    asked = ["xdotool", "search", "--onlyvisible", "--name", "熟客"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()


def keys(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True)


def as_a_hand(text: str) -> None:
    """As a hand types, not a scanner: a PIN is not taken from one."""
    for sign in text:
        keys("keydown", sign)
        time.sleep(0.1)
        keys("keyup", sign)
        time.sleep(0.15)


def picture(path: Path) -> None:
    subprocess.run(["import", "-window", "root", path], check=True)


def wait(until: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < ends, what
        time.sleep(0.1)


def tell(what: str, how: str) -> None:
    """A line for whoever waits."""
    print(f"{what}: {how.strip().splitlines()[-1]}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
