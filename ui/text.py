"""文字: the words of every screen, receipt and command, and the sentences for every error.

One catalogue serves the screens, the printers and the screenless till, so it is plain Python
(docs/decisions/0004). Source texts are Chinese; a language is a table from them.
"""

from __future__ import annotations


def tr(text: str, **values: object) -> str:
    """The text in the language in use, with `{name}` places filled in."""
    return text.format(**values) if values else text
