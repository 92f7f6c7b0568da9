"""杆式客显的型号: how a display of two lines is spoken to, in `resources/poles`."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, convert

from core.errors import BadDisplaySetting

OURS = Path(__file__).resolve().parents[2] / "resources" / "poles"
ASCII = "ascii"


class PoleProfile(Struct, frozen=True):
    """Bytes as hex; `begin` is sent once, `upper` and `lower` before a line, `end` behind each."""

    encoding: str
    upper: str
    lower: str
    begin: str = ""
    end: str = ""
    columns: int = 20

    @property
    def is_ascii(self) -> bool:
        """Whether it shows no Chinese."""
        return self.encoding == ASCII

    def frame(self, upper: tuple[str, str], lower: tuple[str, str]) -> bytes:
        """Both lines, each with its left part and its right part."""
        end = bytes.fromhex(self.end)
        lines = ((self.upper, upper), (self.lower, lower))
        return b"".join(bytes.fromhex(head) + self.line(*text) + end for head, text in lines)

    def line(self, left: str, right: str) -> bytes:
        """A whole line: what stands right is never cut, what stands left is."""
        ends = self._bytes(right, self.columns)
        room = self.columns - len(ends)
        begins = self._bytes(left, max(0, room - 1) if ends else room)
        return begins + b" " * (room - len(begins)) + ends

    def _bytes(self, text: str, room: int) -> bytes:
        """As many whole signs as fit: each of its bytes takes a column."""
        found = b""
        for sign in text:
            data = sign.encode(self.encoding, "replace")
            if len(found) + len(data) > room or data < b" ":
                break
            found += data
        return found


def pole_names() -> tuple[str, ...]:
    """The names of all that we know."""
    return tuple(path.stem for path in sorted(OURS.glob("*.toml")))


def pole_profile(name: str) -> PoleProfile:
    """The profile of a name; raises BadDisplaySetting."""
    import tomllib

    if name not in pole_names():
        raise BadDisplaySetting(name)
    return convert(tomllib.loads((OURS / f"{name}.toml").read_text("utf-8")), PoleProfile)
