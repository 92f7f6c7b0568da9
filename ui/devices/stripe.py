"""磁条: the tracks of one swipe come as codes of their own, and are one code together.

A track begins with its sentinel (`%`, `;` or `+`) and ends with `?`; readers put Enter behind each.
"""

from __future__ import annotations

BEGINS = "%;+"
NEXT_TRACK_MS = 200
_END = "?"


def is_track(code: str) -> bool:
    """Whether a code is a track; one sign may follow its end as a sum over it."""
    return code[:1] in tuple(BEGINS) and _END in code[-2:]


class Swipe:
    """The tracks that came last, as long as more of them may come."""

    def __init__(self) -> None:
        self._tracks: list[str] = []

    @property
    def is_empty(self) -> bool:
        """Whether no track waits for another one."""
        return not self._tracks

    def follows(self, code: str) -> bool:
        """Whether this is a later track of the same card."""
        last = BEGINS.find(self._tracks[-1][0]) if self._tracks else len(BEGINS)
        return is_track(code) and BEGINS.find(code[0]) > last

    def add(self, track: str) -> bool:
        """Another track; whether one more may follow."""
        self._tracks.append(track)
        return track[0] != BEGINS[-1]

    def take(self) -> str:
        """All of it, one track behind the other."""
        tracks, self._tracks = self._tracks, []
        return "".join(tracks)
