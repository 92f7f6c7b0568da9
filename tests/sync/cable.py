"""A cable between a till and its server, which can be pulled: a small TCP proxy."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from urllib.parse import urlsplit

CHUNK = 1 << 16


class Lost(Enum):
    """What is under way when the cable is pulled: who asks cannot tell one from the other."""

    REQUEST = "it was never heard"
    ANSWER = "it was done, and nobody was told"


class Cable:
    """What connects to `url` speaks with the server, while it is plugged in."""

    def __init__(self, server_url: str) -> None:
        there = urlsplit(server_url)
        assert there.hostname and there.port
        self._there = there.hostname, there.port
        self._place = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._is_plugged = True
        self._most: int | None = None
        self._pulled_at: tuple[bytes, Lost] | None = None
        self.url = f"http://127.0.0.1:{self._place.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def pull(self) -> None:
        """Nothing goes through any more, not even what is on its way."""
        with self._lock:
            self._is_plugged = False
            self._cut()

    def plug_in(self) -> None:
        """It goes through again."""
        self._is_plugged = True

    @contextmanager
    def pulled_at(self, place: str, lost: Lost) -> Iterator[None]:
        """It is pulled in the midst of the next request to `/v1/place`; plugged in afterwards."""
        self._pulled_at = f" /v1/{place}".encode(), lost
        yield
        assert not self._is_plugged, f"nobody asked for {place}"
        self.plug_in()

    def cut_after(self, most: int | None) -> None:
        """Each connection from now on is cut when so many bytes were answered on it."""
        self._most = most

    def close(self) -> None:
        """Let go of everything."""
        self.pull()
        self._place.close()

    def _cut(self) -> None:
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._place.accept()
                with self._lock:
                    if not self._is_plugged:
                        here.close()
                        continue
                    there = socket.create_connection(self._there)
                    self._open += [here, there]
                self._carry(here, there)

    def _carry(self, here: socket.socket, there: socket.socket) -> None:
        is_last = threading.Event()

        def may_ask(part: bytes) -> bool:
            if self._pulled_at is None or not _asks_for(part, self._pulled_at[0]):
                return True
            lost, self._pulled_at = self._pulled_at[1], None
            if lost is Lost.REQUEST:
                self.pull()
                return False
            is_last.set()
            return True

        def may_answer(_part: bytes) -> bool:
            if is_last.is_set():
                self.pull()
            return not is_last.is_set()

        for ends in ((here, there, None, may_ask), (there, here, self._most, may_answer)):
            threading.Thread(target=_pump, args=ends, daemon=True).start()


def _asks_for(part: bytes, place: bytes) -> bool:
    """Whether a request begins here to that place, and not to one below it."""
    return part.split(b" HTTP/", 1)[0].split(b"?", 1)[0].endswith(place)


def _pump(
    source: socket.socket, target: socket.socket, most: int | None, may: Callable[[bytes], bool]
) -> None:
    carried = 0
    with suppress(OSError):
        while part := source.recv(CHUNK):
            if not may(part):
                return
            carried += len(part)
            if most is not None and carried > most:
                target.sendall(part[: len(part) - (carried - most)])
                break
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
    if most is not None:
        with suppress(OSError):
            source.shutdown(socket.SHUT_RDWR)


@contextmanager
def cable_to(server_url: str) -> Iterator[Cable]:
    """Until the block is left."""
    cable = Cable(server_url)
    try:
        yield cable
    finally:
        cable.close()
