"""导入: the interpreter's own `__import__`, put back once PySide6 is loaded and before ours is.

PySide6 puts one in its place that reads, and keeps, the source of every module loaded after it,
lest one asks for `from __feature__ import …`. Nobody here does, and it costs a tenth of a start and
18 MiB. PySide6 keeps the interpreter's own under the name asked for here.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - what puts it there

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
