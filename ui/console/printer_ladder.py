"""打印测试: the printing test without a screen: it prints, asks, and reads the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from core.errors import Cancelled
from ui.console.command_words import say
from ui.devices.ladder import NOTHING, Ladder, Question
from ui.devices.printer import Printer
from ui.devices.profile_files import keep_profile
from ui.text import tr


def climb(printer: Printer, own: Path, answers: TextIO) -> tuple[str, int]:
    """The profile's name and the width of the paper; raises Cancelled where nobody answers."""
    ladder = Ladder()
    while ladder.step:
        printer.print(ladder.data())
        ladder = ladder.answered(_answer(ladder, answers))
    for line in ladder.found():
        say(line)
    return keep_profile(own, ladder.profile, ladder.like), ladder.width_mm


def _answer(ladder: Ladder, answers: TextIO) -> set[str]:
    question, (step, count) = ladder.question(), ladder.place
    while True:
        say(f"{step}/{count} {question.title}: {question.words}")
        for at, answer in enumerate(question.answers, 1):
            say(f"  {at}  {answer.words}")
        typed = answers.readline()
        if not typed:
            raise Cancelled()
        if given := _given(question, typed.replace(",", " ").split()):
            return given
        several = tr("请打前面的数字，可以几个，用空格隔开。")
        say(several if question.is_many else tr("请打前面的一个数字。"))


def _given(question: Question, typed: list[str]) -> set[str]:
    """The answers by their numbers; nothing where what was typed is none."""
    known = {str(at): answer.name for at, answer in enumerate(question.answers, 1)}
    given = {known[word] for word in typed if word in known}
    is_clear = len(given) == len(set(typed)) and (len(given) == 1 or question.is_many)
    return given if is_clear and (NOTHING not in given or len(given) == 1) else set()
