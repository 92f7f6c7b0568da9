"""How every test runs: without a screen, and the same way each time.

`pytest --hypothesis-profile=explore` tries new examples instead of the same ones.
"""

from __future__ import annotations

import os

from hypothesis import settings

# Before anything imports Qt; who wants to watch the windows sets it to xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("ci")
