"""型号文件: printer profiles in TOML; those that come with the program, and a shop's own.

A file `NAME.toml` in the folder `printers` of a home holds a printer that we do not know, or stands
before ours of the same name. `like` names the profile whose values hold where a file says nothing.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, ValidationError, convert
from msgspec.structs import asdict, replace

from core.errors import BadPrinterSetting, BadProfile
from ui.devices.files import open_file, write_file
from ui.devices.profile import CUTTERS, ENCODINGS, GB18030, Drawer, Paper, Profile

OURS = Path(__file__).resolve().parents[2] / "resources" / "printers"
# What the printing test found out of a printer that is like none of ours.
OWN = "tested"
_SUFFIX = ".toml"
_LARGEST = 64_000
_PINS = (2, 5)
_LONGEST_MS = 510
_WIDTHS_MM = range(40, 121)


class _Written(Struct, frozen=True, forbid_unknown_fields=True):
    """A file as people write it; None: as in the profile that it is like."""

    like: str | None = None
    encoding: str | None = None
    begin: str | None = None
    has_four_bytes: bool | None = None
    has_pictures: bool | None = None
    has_barcode: bool | None = None
    has_qr: bool | None = None
    has_status: bool | None = None
    cutter: str | None = None
    dpi: int | None = None
    drawer: Drawer | None = None
    papers: dict[str, Paper] | None = None


def profile_names(own: Path | None = None) -> tuple[str, ...]:
    """All names, ours first, then a shop's."""
    folders = [OURS] if own is None else [OURS, own]
    found = [path.stem for folder in folders for path in sorted(folder.glob(f"*{_SUFFIX}"))]
    return tuple(dict.fromkeys(found))


def profile_of(name: str, own: Path | None = None) -> Profile:
    """The profile of a name; raises BadPrinterSetting for none, BadProfile for a spoilt file."""
    name = name.strip().lower()
    # The usual one stands in the code too: a start reads no file for it (speed.md 10).
    if name == GB18030.name and _path(name, own) == OURS / f"{name}{_SUFFIX}":
        return GB18030
    return _profile(name, own, ())


def own_profiles(home: Path) -> Path:
    """The folder of a shop's own profiles."""
    return home / "printers"


def keep_profile(folder: Path, profile: Profile, like: str) -> str:
    """The name under which a profile is found again; raises DiskFull, ReadOnly or DiskFailed.

    One that is as ours needs no file; any other becomes the shop's own.
    """
    if replace(profile, name=like) == profile_of(like):
        return like
    write_file(folder / f"{OWN}{_SUFFIX}", own_profile(profile, like).encode())
    return OWN


def own_profile(profile: Profile, like: str) -> str:
    """The file of a shop's own profile; what is as in `like` is left out."""
    base = asdict(profile_of(like))
    lines = [f'like = "{like}"']
    for name in ("encoding", "cutter"):
        if (value := getattr(profile, name)) != base[name]:
            lines.append(f'{name} = "{value}"')
    if profile.begin != base["begin"]:
        lines.append(f'begin = "{profile.begin.hex(" ").upper()}"')
    for name in ("four_bytes", "pictures", "barcode", "qr", "status"):
        if (value := getattr(profile, f"has_{name}")) != base[f"has_{name}"]:
            lines.append(f"has_{name} = {str(value).lower()}")
    if profile.drawer != base["drawer"]:
        drawer = profile.drawer
        lines += ["", "[drawer]", f"pin = {drawer.pin}", f"on_ms = {drawer.on_ms}"]
        lines.append(f"off_ms = {drawer.off_ms}")
    for mm, paper in profile.papers.items():
        if base["papers"].get(mm) != paper:
            lines += ["", f"[papers.{mm}]", f"columns = {paper.columns}", f"dots = {paper.dots}"]
    return "\n".join(lines) + "\n"


def _profile(name: str, own: Path | None, before: tuple[str, ...]) -> Profile:
    path = _path(name, own)
    if path is None:
        raise BadPrinterSetting(name)
    written = _read(path)
    like = written.like if written.like is not None else ""
    # A shop's file may stand before ours of the same name, and be like it.
    if like in before or (like == name and path.parent == OURS):
        raise BadProfile(str(path), f"like = {like}")
    try:
        base = _profile(like, None if like == name else own, (*before, name)) if like else Profile()
    except BadPrinterSetting as unknown:
        raise BadProfile(str(path), f"like = {like}") from unknown
    return _sound(replace(base, name=name, **_given(written, path)), path)


def _path(name: str, own: Path | None) -> Path | None:
    if not name or any(sign in name for sign in "/\\:\0") or name.startswith("."):
        return None
    for folder in (own, OURS):
        if folder is not None and (path := folder / f"{name}{_SUFFIX}").is_file():
            return path
    return None


def _read(path: Path) -> _Written:
    import tomllib

    try:
        with open_file(path) as file:
            text = file.read(_LARGEST + 1)
        if len(text) > _LARGEST:
            raise BadProfile(str(path), f"> {_LARGEST}")
        return convert(tomllib.loads(text.decode("utf-8-sig")), _Written)
    except (OSError, ValueError, ValidationError) as error:
        raise BadProfile(str(path), _reason(error)) from error


def _reason(error: Exception) -> str:
    """The place first: sentences are cut behind."""
    what, _, place = str(error).partition(" - at `$.")
    return f"{place.rstrip('`')}: {what}" if place else what


def _given(written: _Written, path: Path) -> dict[str, object]:
    given = {name: value for name, value in asdict(written).items() if value is not None}
    given.pop("like", None)
    try:
        if written.begin is not None:
            given["begin"] = bytes.fromhex(written.begin)
        if written.papers is not None:
            given["papers"] = {int(mm): paper for mm, paper in written.papers.items()}
    except ValueError as error:
        raise BadProfile(str(path), str(error)) from error
    return given


def _sound(profile: Profile, path: Path) -> Profile:
    """The profile, if each value is one that a printer can have."""
    drawer = profile.drawer
    checks = {
        "encoding": profile.encoding in ENCODINGS,
        "cutter": profile.cutter in CUTTERS,
        "dpi": 100 <= profile.dpi <= 600,
        "has_pictures": profile.has_pictures or not profile.is_raster,
        "drawer.pin": drawer.pin in _PINS,
        "drawer.on_ms": 2 <= drawer.on_ms <= _LONGEST_MS,
        "drawer.off_ms": 2 <= drawer.off_ms <= _LONGEST_MS,
        "papers": bool(profile.papers) and all(mm in _WIDTHS_MM for mm in profile.papers),
        "columns": all(16 <= paper.columns <= 96 for paper in profile.papers.values()),
        "dots": all(_fits(paper) for paper in profile.papers.values()),
    }
    for name, is_sound in checks.items():
        if not is_sound:
            raise BadProfile(str(path), name)
    return profile


def _fits(paper: Paper) -> bool:
    """Whole bytes, and room for all columns of font A."""
    return paper.dots % 8 == 0 and paper.columns * 12 <= paper.dots <= 1200
