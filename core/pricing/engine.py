"""计价引擎: the number of the pricing that made a quote.

The event of a sale keeps it. What the present engine priced gives the same bytes again, and
`verify` asks that of it; of what an older one priced it asks everything but that.
"""

from __future__ import annotations

from typing import Any

from core.values.fields import Fields

ENGINE = 12
"""It goes up by one whenever any inputs may give another quote than before: another payable, other
points, other reasons, or only another word on what is proven. A change of speed alone does not
raise it. Events of the first engine have no number.
"""

FIRST = 1


def engine_of(body: dict[str, Any]) -> int:
    """The engine that priced the sale of an event; raises BadRecord."""
    return Fields(body).whole("engine", FIRST, least=FIRST)
