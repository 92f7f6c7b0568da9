"""第二次打开: who starts a till that runs already gets its window in front instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QProcess
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from ui.text import tr

KNOCK = b"here"
PATIENCE_MS = 1000


class Door(QObject):
    """Listens under the name of a home; each knock calls `opened`."""

    def __init__(self, name: str, opened: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._opened = opened
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)
        # Who came before the other one listened, and says that it is open, takes no name from it.
        if knock(name):
            self.is_open = False
            return
        QLocalServer.removeServer(name)  # what a till left that was killed
        self.is_open = self._server.listen(name)

    def close(self) -> None:
        """Hear nobody any more."""
        self._server.close()

    def _on_knock(self) -> None:
        while (guest := self._server.nextPendingConnection()) is not None:
            guest.write(KNOCK)
            guest.flush()
            guest.disconnectFromServer()
            self._opened()


def knock(name: str) -> bool:
    """Whether a running till of that name answered, and brought its window to the front."""
    guest = QLocalSocket()
    guest.connectToServer(name)
    if not guest.waitForConnected(PATIENCE_MS):
        return False
    return guest.waitForReadyRead(PATIENCE_MS) and bytes(guest.readAll().data()) == KNOCK


def to_the_front(window: QWidget) -> None:
    """Out of the taskbar and above the others, as far as the desktop lets us."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()


def open_office(command: Sequence[str], say: Callable[[str], None]) -> None:
    """后台 in a process of its own, beside the till; one that is open comes to the front."""
    if command and QProcess.startDetached(command[0], list(command[1:]))[0]:
        return
    say(tr("后台没有打开。收银照常；请关掉几个别的程序再试，或在命令行用 main.py manage 打开。"))
