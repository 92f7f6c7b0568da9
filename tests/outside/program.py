"""The program as a process: commands with their words and exit code, and a till one can talk to."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct

import main

HOUSE = Path(__file__).resolve().parents[2]
LOGIN = "login 246810"
NOBODY = 65534
# Names of classes, and what Python says when it gives up.
_MACHINE_WORDS = re.compile(r"Traceback|File \"|[A-Z][a-z]+[A-Z][a-z]+|Errno|Error\b|Exception")
_CHINESE = re.compile(r"[一-鿿]{4}")
_ENDS = re.compile(r"[。！]")


class Done(Struct, frozen=True):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def words_of(home: Path, *words: str) -> list[str]:
    return [sys.executable, str(HOUSE / "main.py"), *words, "--home", str(home)]


def run(home: Path, *words: str, lines: Sequence[str] = ()) -> Done:
    """`main.py WORDS --home HOME` to its end, in this process: what a person reads of it."""
    out, err, before = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.StringIO("".join(f"{line}\n" for line in lines))
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main.main([*words, "--home", str(home)])
    except SystemExit as end:
        code = int(str(end.code))
    finally:
        sys.stdin = before
    return Done(code, out.getvalue(), err.getvalue())


def run_process(
    home: Path,
    *words: str,
    lines: Sequence[str] = (),
    before: Sequence[str] = (),
    environment: dict[str, str] | None = None,
    timeout: float = 120,
) -> Done:
    """The same in a process of its own; `before` are words in front, as of setpriv."""
    done = subprocess.run(
        [*before, *words_of(home, *words)],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="strict",
        check=False,
        timeout=timeout,
        env={**os.environ, **(environment or {})},
    )
    return Done(done.returncode, done.stdout, done.stderr)


def begin(home: Path, *words: str) -> subprocess.Popen[str]:
    """The same, not waited for."""
    return subprocess.Popen(
        words_of(home, *words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def sell_lines(*codes: str, member: str = "", pay: str = "pay cash 2000") -> list[str]:
    """Commands of one sale on a day that is open."""
    card = [f"scan {member}"] if member else []
    return [*card, *(f"scan {code}" for code in codes), pay]


def answers(home: Path, *lines: str) -> list[dict[str, Any]]:
    """What a till says to each line; it must end well."""
    done = run(home, "till", "--headless", "--json", lines=lines)
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def is_clear(sentence: str) -> bool:
    """Whether it is Chinese, whole, and holds nothing that only a programmer reads."""
    return bool(
        _CHINESE.search(sentence)
        and _ENDS.search(sentence)
        and not _MACHINE_WORDS.search(sentence)
        and len(sentence.splitlines()) == 1
        and sentence.isprintable()
    )


def refusal(done: Done) -> str:
    """The one sentence of a command that could not be done: exit code 2, said on stderr."""
    assert done.code == 2, f"ended with {done.code}: {done.said}"
    sentence = done.err.strip()
    assert is_clear(sentence), sentence
    return sentence


class Till:
    """A running till without a screen; `say` sends a line and returns the answer to it."""

    def __init__(self, home: Path, *, before: Sequence[str] = (), **how: Any) -> None:
        self._process = subprocess.Popen(
            [*before, *words_of(home, "till", "--headless", "--json")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            **how,
        )
        self.pid = self._process.pid

    def say(self, line: str) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        assert said.endswith("\n"), f"the till ended at {line!r}: {self._rest()}"
        answer: dict[str, Any] = json.loads(said)
        return answer

    def obeyed(self, *lines: str) -> dict[str, Any]:
        """The last answer to several commands, each of which must be done."""
        answer: dict[str, Any] = {}
        for line in lines:
            answer = self.say(line)
            assert answer["ok"], f"{line}: {answer['say']}"
        return answer

    def refused(self, line: str) -> str:
        """The sentence to a command that must not be done."""
        answer = self.say(line)
        assert not answer["ok"], f"{line} was done: {answer['say']}"
        assert is_clear(answer["say"]), answer["say"]
        said: str = answer["say"]
        return said

    def kill(self) -> None:
        """SIGKILL, as when the power goes."""
        self._process.kill()
        self._process.wait()

    def end(self) -> Done:
        """End of input; how it ended."""
        out, err = self._process.communicate(timeout=60)
        return Done(self._process.returncode, out, err)

    def _rest(self) -> str:
        self._process.kill()
        return self._process.communicate()[1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()


@contextmanager
def selling(home: Path, **how: Any) -> Iterator[Till]:
    """A till where somebody has logged in and opened the day."""
    with Till(home, **how) as till:
        till.obeyed(LOGIN)
        answer = till.say("open-day 0")
        assert answer["day"] is not None, answer["say"]
        yield till
