"""A line between tills and server that cuts, delays and doubles what it carries."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import Counter
from contextlib import suppress

LONGEST_S = 30


class Proxy:
    """Listens on a port of its own; each connection has a fate, until `is_calm`."""

    def __init__(self, target: int, dice: random.Random) -> None:
        self.is_calm = False
        self.fates: Counter[str] = Counter()
        self._target, self._dice, self._lock = target, dice, threading.Lock()
        self._place = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._place.getsockname()[1])
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Nobody is let in any more."""
        self._place.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._place.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _roll(self) -> tuple[str, int, float]:
        """What becomes of a connection, after how many bytes, and after how long."""
        with self._lock:
            fates = ("", "asking cut", "answer cut", "doubled", "delayed")
            fate = "" if self.is_calm else self._dice.choice(fates)
            self.fates[fate or "carried"] += 1
            return fate, self._dice.randint(0, 3000), self._dice.uniform(0, 0.5)

    def _carry(self, client: socket.socket) -> None:
        fate, after, wait_s = self._roll()
        if fate == "delayed":
            time.sleep(wait_s)
        try:
            server = socket.create_connection(("127.0.0.1", self._target), timeout=LONGEST_S)
        except OSError:
            client.close()
            return
        client.settimeout(LONGEST_S)
        kept = bytearray()
        most_asked = after if fate == "asking cut" else None
        most_answered = after % 600 if fate == "answer cut" else None
        both = (client, server)
        asking = threading.Thread(target=_pump, args=(client, server, both, most_asked, kept))
        asking.start()
        _pump(server, client, both, most_answered, bytearray())
        asking.join()
        if fate == "doubled":
            time.sleep(wait_s)
            self._say_again(bytes(kept))

    def _say_again(self, asked: bytes) -> None:
        """All that was asked arrives once more, late; nobody hears the answer."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._target)) as server:
            server.settimeout(5)
            server.sendall(asked)
            while server.recv(1 << 16):
                pass


def _pump(
    source: socket.socket,
    target: socket.socket,
    both: tuple[socket.socket, socket.socket],
    most: int | None,
    kept: bytearray,
) -> None:
    """Bytes from one to the other; behind the last that is let through both are gone."""
    with suppress(OSError):
        while data := source.recv(1 << 16):
            kept += data
            if most is not None and len(kept) > most:
                target.sendall(data[: max(0, most - len(kept) + len(data))])
                break
            target.sendall(data)
    for each in both:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
