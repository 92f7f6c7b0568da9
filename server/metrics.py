"""指标: what happened since the start, as the text that Prometheus reads; no personal data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from threading import Lock

from core.actions.head_office import Standing
from core.sync.wire import Pushed

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS_MS = (5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
_Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counts; any thread may tell."""

    def __init__(self) -> None:
        self._events: Counter[_Labels] = Counter()
        self._sessions = 0
        self._enrolments = 0
        self._refusals: Counter[_Labels] = Counter()
        self._faults: Counter[_Labels] = Counter()
        self._seconds: Counter[tuple[str, int]] = Counter()
        self._took_ms: Counter[str] = Counter()
        self._lock = Lock()

    def pushed(self, pushed: Pushed) -> None:
        """What became of the events of a push."""
        with self._lock:
            self._events.update((("status", each.status.value),) for each in pushed.answers)

    def began_session(self) -> None:
        """A till has said who it is."""
        with self._lock:
            self._sessions += 1

    def enrolled(self) -> None:
        """A till has joined."""
        with self._lock:
            self._enrolments += 1

    def refused(self, problem: str) -> None:
        """A request that was not done."""
        with self._lock:
            self._refusals[(("problem", problem),)] += 1

    def failed(self, duty: str, *, passed: bool) -> None:
        """A duty failed: at an event, which was passed, or altogether, and tries again."""
        with self._lock:
            self._faults[(("duty", duty), ("passed", str(passed).lower()))] += 1

    def took(self, path: str, ms: int) -> None:
        """A request is answered."""
        with self._lock:
            self._took_ms[path] += ms
            for bound in BOUNDS_MS:
                self._seconds[path, bound] += ms <= bound
            self._seconds[path, 0] += 1

    def text(self, standing: Standing) -> str:
        """All of it, with how the chain stands now."""
        with self._lock:
            return "\n".join((*self._counts(), *self._times(), *_standing(standing), ""))

    def _counts(self) -> Iterator[str]:
        yield from _series("events_total", "counter", self._events.items())
        yield from _series("sessions_total", "counter", [((), self._sessions)])
        yield from _series("enrolments_total", "counter", [((), self._enrolments)])
        yield from _series("refusals_total", "counter", self._refusals.items())
        yield from _series("duty_faults_total", "counter", self._faults.items())

    def _times(self) -> Iterator[str]:
        yield "# TYPE shuke_request_seconds histogram"
        for path, ms in sorted(self._took_ms.items()):
            of, all_of_it = f'path="{path}"', self._seconds[path, 0]
            for bound in BOUNDS_MS:
                count = self._seconds[path, bound]
                yield f'shuke_request_seconds_bucket{{{of},le="{_seconds(bound)}"}} {count}'
            yield f'shuke_request_seconds_bucket{{{of},le="+Inf"}} {all_of_it}'
            yield f"shuke_request_seconds_sum{{{of}}} {_seconds(ms)}"
            yield f"shuke_request_seconds_count{{{of}}} {all_of_it}"


def _standing(standing: Standing) -> Iterator[str]:
    yield from _series("cases_open", "gauge", [((), standing.open_cases)])
    yield from _series("tills", "gauge", [((), len(standing.tills))])
    ages = [(_place(each.store_code, each.till_no), each.silent_s) for each in standing.tills]
    yield from _series("till_silent_seconds", "gauge", ages)
    events = [((("duty", each.name),), each.events) for each in standing.duties]
    yield from _series("duty_behind_events", "gauge", events)
    seconds = [((("duty", each.name),), each.seconds) for each in standing.duties]
    yield from _series("duty_behind_seconds", "gauge", seconds)
    if standing.checked is not None:
        yield from _series("check_age_seconds", "gauge", [((), standing.checked.seconds)])
        yield from _series("check_differences", "gauge", [((), standing.checked.found)])


def _place(store_code: str, till_no: int) -> _Labels:
    return (("store", store_code), ("till", str(till_no)))


def _series(name: str, kind: str, points: Iterable[tuple[_Labels, int]]) -> Iterator[str]:
    yield f"# TYPE shuke_{name} {kind}"
    for labels, value in sorted(points):
        of = ",".join(f'{label}="{said}"' for label, said in labels)
        yield f"shuke_{name}{{{of}}} {value}" if of else f"shuke_{name} {value}"


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03d}"
