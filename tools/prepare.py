"""Put everything that running and testing need into .venv: what `make setup` does.

Asks for nothing and may be run again and again: it does nothing where nothing is missing. Needs
only the standard library, because it runs before there is anything else.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
ROOM = HOUSE / ".venv"
PYTHON = ROOM / "bin" / "python"
LOCK = HOUSE / "requirements-dev.txt"

# What Qt links to, and Debian's package of it.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
# Programs that the tests run, and Debian's packages of them.
PROGRAMS = {"strace": "strace"}
# What some tests run where it is there, and skip otherwise: nobody is stopped for want of it.
DATABASES = Path("/usr/lib/postgresql")
DATABASE = "postgresql"
WITH_A_SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main() -> None:
    """Look what is missing, and get it; stops with a sentence where it cannot."""
    if sys.version_info < (3, 11):  # noqa: UP036 - nobody has looked yet which Python this is
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if missing := missing_packages():
        install_packages(missing + missing_database())
    elif (wished := missing_database()) and may_install():
        install_packages(wished)
    if not is_room_ready():
        make_room()
    if recorded() != wanted():
        install_lock()


def missing_packages() -> list[str]:
    """Debian's names of what the system lacks; empty where nothing is missing, or not on Linux."""
    if not sys.platform.startswith("linux"):
        return []
    needed = LIBRARIES | (WITH_A_SCREEN if os.environ.get("DISPLAY") else {})
    missing = [package for library, package in needed.items() if not can_load(library)]
    missing += [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if not is_room_ready() and importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return missing


def missing_database() -> list[str]:
    """Debian's name of PostgreSQL where it is not there and could be had from Debian."""
    if shutil.which("initdb") or any(DATABASES.glob("*/bin/initdb")):
        return []
    return [DATABASE] if sys.platform.startswith("linux") and shutil.which("apt-get") else []


def may_install() -> bool:
    """Whether packages can be installed without asking anybody."""
    return os.geteuid() == 0 or can_sudo()


def can_load(library: str) -> bool:
    """Whether the system's linker finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: list[str]) -> None:
    """By apt-get, where that is permitted; otherwise say what to type, and stop."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        sys.exit(
            f"This system lacks what Debian calls {' '.join(packages)}.\n"
            "Install your system's packages of them, then run the same command again."
        )
    if os.geteuid() == 0:
        first: list[str] = []
    elif can_sudo():
        first = ["sudo", "-n"]
    else:
        sys.exit(
            "Some packages of the system are missing. Type this, then the same command again:\n\n"
            f"    sudo apt-get update && sudo {' '.join(install)}\n"
        )
    say(f"Installing {' '.join(packages)}")
    settings = ["env", "DEBIAN_FRONTEND=noninteractive"]
    run([*first, *settings, "apt-get", "update", "-qq"])
    run([*first, *settings, *install, "-qq"])


def can_sudo() -> bool:
    """Whether sudo works without asking for a password."""
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def is_room_ready() -> bool:
    """Whether .venv was made in this very place, by this Python, and still runs."""
    pip = ROOM / "bin" / "pip"
    if not pip.exists() or str(PYTHON) not in pip.read_text(encoding="utf-8"):
        return False  # never made, or moved here: its commands name the place they were made in
    ask = "import pip, sys; print(*sys.version_info[:2])"
    answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=False)
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def make_room() -> None:
    """A new, empty .venv; never through a link, whose far end would be emptied with all in it."""
    if ROOM.is_symlink():
        sys.exit(
            f"{ROOM} is a link to {ROOM.resolve()}, which was not made for this folder.\n"
            "Remove the link, then run the same command again: a .venv is made here."
        )
    say("Making .venv")
    run([sys.executable, "-m", "venv", "--clear", str(ROOM)])


def install_lock() -> None:
    """What the lock names, to the last byte; the record is written last."""
    say("Installing what we build on (some 150 MB, once)")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--no-input", "--use-pep517", "--require-hashes", "-r", str(LOCK)])
    stamp().write_text(wanted(), encoding="ascii")


def stamp() -> Path:
    """Where it is recorded which lock was installed; it goes when .venv goes."""
    return ROOM / "installed-lock"


def recorded() -> str:
    """The lock that was installed; empty before the first."""
    return stamp().read_text(encoding="ascii") if stamp().exists() else ""


def wanted() -> str:
    """The lock that should be installed."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def say(text: str) -> None:
    """One line, before what it announces."""
    print(f"· {text}", flush=True)


def run(command: list[str]) -> None:
    """Run it; where it fails it has said why, and we stop with it."""
    status = subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    if status:
        sys.exit(f"\nThis failed, see above: {' '.join(command)}")


if __name__ == "__main__":
    main()
