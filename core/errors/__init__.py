"""What can go wrong, in three roots.

    Shortfall
    ├── Refused      a person can mend it: one clear sentence, nothing is lost
    └── Unavailable  the world is to blame: disk, printer, key, file; work goes on when it is back

Everything else that is raised is a bug. Errors carry facts, never sentences: `ui.text` makes the
words.
"""

from core.errors.activities import *  # noqa: F403 - one door for all errors
from core.errors.basket import *  # noqa: F403 - one door for all errors
from core.errors.cases import *  # noqa: F403 - one door for all errors
from core.errors.chain import *  # noqa: F403 - one door for all errors
from core.errors.devices import *  # noqa: F403 - one door for all errors
from core.errors.insight import *  # noqa: F403 - one door for all errors
from core.errors.members import *  # noqa: F403 - one door for all errors
from core.errors.office import *  # noqa: F403 - one door for all errors
from core.errors.points import *  # noqa: F403 - one door for all errors
from core.errors.printed import *  # noqa: F403 - one door for all errors
from core.errors.records import *  # noqa: F403 - one door for all errors
from core.errors.refused import *  # noqa: F403 - one door for all errors
from core.errors.roots import *  # noqa: F403 - one door for all errors
from core.errors.rules import *  # noqa: F403 - one door for all errors
from core.errors.running import *  # noqa: F403 - one door for all errors
from core.errors.scans import *  # noqa: F403 - one door for all errors
from core.errors.tiers import *  # noqa: F403 - one door for all errors
from core.errors.unavailable import *  # noqa: F403 - one door for all errors
