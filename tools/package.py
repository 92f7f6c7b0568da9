"""Put the program, Python and all that it needs into dist/shuke/: what `make package` does.

For the system it runs on: PyInstaller packs nothing for another one. Each library stays a file of
its own, so that whoever has another Qt puts it in the place of ours (LGPL); the licences of all of
them lie in dist/shuke/licences.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
NAME = "shuke"
BUILD = HOUSE / "build" / "package"
DIST = HOUSE / "dist"
PACKAGED = DIST / NAME
TITLE = "熟客"
# What PyInstaller cannot see: each is read as a file, or loaded by its name.
DATA = (
    "resources",
    "storage/migrations",
    "NOTICE",
    "LICENSE",
)
DATA_OF = ("barcode", "pypinyin")
HIDDEN = (
    "logging.config",
    "keyring.backends",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "sqlalchemy.dialects.postgresql.psycopg",
    "psycopg_binary",
)
# readline is GPL, and nobody types at a prompt here; no logo is an AVIF.
LEFT_OUT = (
    "readline",
    "tkinter",
    "pytest",
    "hypothesis",
    "numpy",
    "PIL.AvifImagePlugin",
    "PIL._avif",
    "_pytest",
    "mypy",
    "setuptools",
    "pip",
)
# Of Qt's own words those of its dialogs, in the languages that the till speaks.
WORDS_OF_QT = ("qtbase_zh_CN.qm", "qtbase_zh_TW.qm", "qtbase_en.qm")
# Linux: half of these is for debuggers. What wheels brought along stays as it is.
WITH_DEBUG = ("libpython3*", "sqlcipher3/*.so", "sqlalchemy/**/*.so", "python3*/lib-dynload/*.so")
_LICENCE = re.compile(r"(?i)(licen[cs]e|copying|notice|authors|copyright)")
_PLATFORM = {"win32": "Windows", "darwin": "macOS"}.get(sys.platform, "Linux")


def main() -> None:
    """Icon, version, program, licences; where one fails it has said why, and we stop."""
    BUILD.mkdir(parents=True, exist_ok=True)
    icon = draw_icon()
    run([sys.executable, "-m", "PyInstaller", *words(icon), str(HOUSE / "tools" / "packaged.py")])
    lighten(PACKAGED / "_internal")
    collect_licences(PACKAGED / "licences")
    shutil.copy(icon.with_suffix(".png"), PACKAGED / f"{NAME}.png")
    say(f"{PACKAGED} ({weight_mib(PACKAGED)} MiB, for {_PLATFORM})")


def words(icon: Path) -> list[str]:
    """What PyInstaller is told."""
    said = ["--noconfirm", "--onedir", "--name", NAME, "--log-level", "WARN"]
    said += ["--distpath", str(DIST), "--workpath", str(BUILD), "--specpath", str(BUILD)]
    said += ["--paths", str(HOUSE), "--icon", str(icon)]
    for place in DATA:
        inside = Path(place).parent if (HOUSE / place).is_file() else Path(place)
        said += ["--add-data", f"{HOUSE / place}{os.pathsep}{inside}"]
    for package in DATA_OF:
        said += ["--collect-data", package]
    for module in HIDDEN:
        said += ["--hidden-import", module]
    for module in LEFT_OUT:
        said += ["--exclude-module", module]
    if sys.platform == "win32":
        # One program for the till and for commands: a console that is ours alone is put away.
        said += ["--version-file", str(version_file()), "--hide-console", "hide-early"]
    return said


def lighten(folder: Path) -> None:
    """Without words that no till speaks, and without what only debuggers read."""
    for words in (folder / "PySide6").rglob("translations/*.qm"):
        if words.name not in WORDS_OF_QT:
            words.unlink()
    if sys.platform == "linux":
        found = (file for pattern in WITH_DEBUG for file in folder.glob(pattern))
        run(["strip", "--strip-debug", *(str(file) for file in found if not file.is_symlink())])


def draw_icon() -> Path:
    """The seal as .ico with all its sizes, and beside it the largest as .png."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(HOUSE))
    from PIL import Image
    from PySide6.QtWidgets import QApplication

    from ui.look import Look
    from ui.seal import SIZES, seal_image

    app = QApplication.instance() or QApplication([])
    look = Look.load("light")
    look.apply(app)  # type: ignore[arg-type]
    drawn = []
    for size in SIZES:
        path = BUILD / f"seal-{size}.png"
        if not seal_image(look, size).save(str(path)):
            sys.exit(f"{path} could not be written.")
        drawn.append(Image.open(path))
    target = BUILD / f"{NAME}.ico"
    drawn[-1].save(target, sizes=[(size, size) for size in SIZES], append_images=drawn[:-1])
    shutil.copy(BUILD / f"seal-{SIZES[-1]}.png", target.with_suffix(".png"))
    return target


def version_file() -> Path:
    """What Windows shows of the program: its name and version."""
    version = version_of_project()
    numbers = ", ".join([*version.split("."), "0", "0", "0"][:4])
    strings = {
        "FileDescription": TITLE,
        "FileVersion": version,
        "InternalName": NAME,
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": f"{NAME}.exe",
        "ProductName": TITLE,
        "ProductVersion": version,
    }
    rows = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    path = BUILD / "version.txt"
    path.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers=({numbers}), prodvers=({numbers})),"
        f" kids=[StringFileInfo([StringTable('080404b0', [{rows}])]),"
        " VarFileInfo([VarStruct('Translation', [0x0804, 1200])])])\n",
        encoding="utf-8",
    )
    return path


def version_of_project() -> str:
    """As pyproject.toml says it."""
    text = (HOUSE / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def collect_licences(folder: Path) -> None:
    """The licence texts of everything that the lock names to run, and of Python."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in to_run():
        for file in licences_of(name):
            keep(file, folder / name)
    for package, file in licences_of_system().items():
        keep(file, folder / "system" / package)
    for place in (Path(sys.base_prefix) / "LICENSE.txt", *python_licences()):
        if place.exists():
            shutil.copy(place, folder / "python.txt")
            break
    for text in ("NOTICE", "LICENSE"):
        shutil.copy(HOUSE / text, PACKAGED / text)


def keep(file: Path, folder: Path) -> None:
    """A copy in a folder that may not be there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, folder / file.name)


def licences_of_system() -> dict[str, Path]:
    """Of the system's own libraries that Qt links to, which come along: who made them, and how."""
    if not shutil.which("dpkg-query"):
        return {}
    names = [f"*/{file.name}" for file in (PACKAGED / "_internal").glob("*.so*")]
    asked = subprocess.run(
        ["dpkg-query", "--search", *names], capture_output=True, text=True, check=False
    )
    packages = {line.split(":")[0] for line in asked.stdout.splitlines()}
    texts = {package: Path("/usr/share/doc") / package / "copyright" for package in packages}
    return {package: text for package, text in sorted(texts.items()) if text.exists()}


def python_licences() -> list[Path]:
    """Where the licence of this Python may lie."""
    standard = Path(os.__file__).parent
    return [standard / "LICENSE.txt", Path("/usr/share/doc") / standard.name / "copyright"]


def to_run() -> list[str]:
    """The packages that are needed to run, as far as this system needs them."""
    lock = (HOUSE / "requirements.txt").read_text(encoding="utf-8")
    return re.findall(r"(?m)^([a-z0-9][\w.-]*)==", lock)


def licences_of(name: str) -> list[Path]:
    """The licence texts that came with a package, or what it says of itself.

    None where it is not for this system.
    """
    try:
        found: Distribution = distribution(name)
    except PackageNotFoundError:
        return []
    places = {str(file): Path(str(file.locate())) for file in found.files or ()}
    texts = [path for name, path in places.items() if is_licence(name) and path.is_file()]
    # Some name their licence only; Qt's own text comes within resources/licences.
    said = [path for name, path in places.items() if name.endswith(".dist-info/METADATA")]
    return texts or said


def is_licence(place: str) -> bool:
    """Whether a file of a package is one of its licence texts."""
    path = Path(place)
    is_text = path.suffix.lower() not in (".py", ".pyc", ".so", ".pyd")
    return is_text and ".dist-info" in place and bool(_LICENCE.search(path.name))


def weight_mib(folder: Path) -> int:
    """How much lies in a folder; what is linked to lies there once."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir()) >> 20


def say(text: str) -> None:
    """One line for the person who waits."""
    print(f"· {text}", flush=True)


def run(command: list[str]) -> None:
    """Run it in the house; where it fails we stop with it."""
    status = subprocess.run(command, cwd=HOUSE, check=False).returncode
    if status:
        sys.exit(f"\nThis failed, see above: {' '.join(command)}")


if __name__ == "__main__":
    main()
