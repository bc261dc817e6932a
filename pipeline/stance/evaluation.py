"""The codebook's scores, to three decimals those of its reference scorer.

A predicted statement matches a gold one when proposal and holder agree and the evidence overlaps; as many pairs as
possible are formed, then those of the highest quality (the Hungarian method, Kuhn 1955, Munkres 1957).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.stance.assignment import assign
from pipeline.stance.names import same_holder, same_name

Row = Mapping[str, Any]


@dataclass(slots=True)
class Scores:
    """The codebook's scores; `per_proposal` has tp, fp and fn by proposal id."""

    detection_precision: float = 0.0
    detection_recall: float = 0.0
    detection_f1: float = 0.0
    stance_macro_f1: float = 0.0
    speaker_accuracy: float = 0.0
    speaker_type_accuracy: float = 0.0
    authority_accuracy: float = 0.0
    strict_f1: float = 0.0
    articles: int = 0
    seconds: float = 0.0
    per_proposal: dict[str, dict[str, int]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The scores under the codebook's keys, fractions rounded to three decimals."""
        return {k: round(v, 3) if isinstance(v, float) else v for k, v in asdict(self).items()}


@dataclass(slots=True)
class _Tally:
    tp: int = 0
    fp: int = 0
    fn: int = 0
    strict: int = 0
    right: Counter[str] = field(default_factory=Counter)
    stances: Counter[tuple[str, str]] = field(default_factory=Counter)
    proposals: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, proposal: str, outcome: str) -> None:
        self.proposals.setdefault(proposal, Counter())[outcome] += 1


def evaluate(gold: Iterable[Row], predictions: Mapping[str, Iterable[Row]], seconds: float = 0.0) -> Scores:
    """Scores predictions, by article id and in the gold file's form, against gold rows.

    An article without a prediction counts as unanswered: its statements are missed. `seconds` is only passed through.
    """
    tally = _Tally()
    articles = 0
    for row in gold:
        articles += 1
        _score_article(row, list(predictions.get(row["id"]) or ()), tally)
    return _scores(tally, articles, seconds)


def _score_article(row: Row, predicted: list[Row], tally: _Tally) -> None:
    wanted = list(row["statements"])
    edges = _edges(row["text"], wanted, predicted)
    pairs = assign(len(wanted), len(predicted), edges)
    perfect = {pair: quality for pair, quality in edges.items() if quality == _PERFECT}
    tally.strict += len(assign(len(wanted), len(predicted), perfect))
    for i, j in pairs:
        _score_pair(wanted[i], predicted[j], tally)
    missed = set(range(len(wanted))) - {i for i, _ in pairs}
    spurious = set(range(len(predicted))) - {j for _, j in pairs}
    tally.fn += len(missed)
    tally.fp += len(spurious)
    for i in missed:
        tally.count(str(wanted[i]["proposal"]), "fn")
    for j in spurious:
        tally.count(str(predicted[j].get("proposal")), "fp")


_PERFECT = 7


def _score_pair(wanted: Row, predicted: Row, tally: _Tally) -> None:
    stance, speaker, authority = _agreement(wanted, predicted)
    tally.tp += 1
    tally.count(str(wanted["proposal"]), "tp")
    tally.stances[wanted["stance"], wanted["stance"] if stance else str(predicted.get("stance"))] += 1
    tally.right.update(
        speaker=speaker, authority=authority, type=predicted.get("speaker_type") == wanted["speaker_type"]
    )


def _agreement(wanted: Row, predicted: Row) -> tuple[bool, bool, bool]:
    labels = [wanted["stance"], *(wanted.get("also_ok") or [])]
    return (
        predicted.get("stance") in labels,
        same_name(predicted.get("speaker"), wanted["speaker"]),
        predicted.get("authority") == wanted["authority"],
    )


def _edges(text: str, wanted: list[Row], predicted: list[Row]) -> dict[tuple[int, int], int]:
    """The pairs that match, with their quality: 4 for the stance, 2 for the speaker, 1 for the authority."""
    places = [_places(text, s["evidence"]) for s in wanted]
    found = [_places(text, p.get("evidence")) for p in predicted]
    edges: dict[tuple[int, int], int] = {}
    for i, one in enumerate(wanted):
        for j, other in enumerate(predicted):
            if other.get("proposal") != one["proposal"] or not _overlap(places[i], found[j]):
                continue
            if same_holder(other.get("holder"), one["holder"]):
                stance, speaker, authority = _agreement(one, other)
                edges[i, j] = 4 * stance + 2 * speaker + authority
    return edges


def _places(text: str, fragments: Any) -> list[tuple[int, int]]:
    """Where the fragments stand: strings at every occurrence, spans with right offsets at theirs."""
    if isinstance(fragments, str | dict):
        fragments = [fragments]
    found: list[tuple[int, int]] = []
    for fragment in fragments or []:
        found.extend(_span(text, fragment) if isinstance(fragment, dict) else _occurrences(text, fragment))
    return found


def _span(text: str, fragment: Mapping[str, Any]) -> list[tuple[int, int]]:
    start, end, words = fragment.get("start"), fragment.get("end"), fragment.get("text")
    if (
        isinstance(start, int)
        and isinstance(end, int)
        and 0 <= start < end <= len(text)
        and words in (None, text[start:end])
    ):
        return [(start, end)]
    return _occurrences(text, words)


def _occurrences(text: str, fragment: Any) -> list[tuple[int, int]]:
    if not isinstance(fragment, str) or not fragment.strip():
        return []
    found: list[tuple[int, int]] = []
    at = text.find(fragment)
    while at >= 0:
        found.append((at, at + len(fragment)))
        at = text.find(fragment, at + 1)
    return found


def _overlap(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _scores(tally: _Tally, articles: int, seconds: float) -> Scores:
    precision, recall = _ratio(tally.tp, tally.tp + tally.fp), _ratio(tally.tp, tally.tp + tally.fn)
    strict = f1(_ratio(tally.strict, tally.tp + tally.fp), _ratio(tally.strict, tally.tp + tally.fn))
    empty = {"tp": 0, "fp": 0, "fn": 0}
    return Scores(
        detection_precision=precision,
        detection_recall=recall,
        detection_f1=f1(precision, recall),
        stance_macro_f1=_macro_f1(tally.stances),
        speaker_accuracy=_ratio(tally.right["speaker"], tally.tp),
        speaker_type_accuracy=_ratio(tally.right["type"], tally.tp),
        authority_accuracy=_ratio(tally.right["authority"], tally.tp),
        strict_f1=strict,
        articles=articles,
        seconds=seconds,
        per_proposal={k: empty | dict(v) for k, v in sorted(tally.proposals.items())},
    )


def _macro_f1(stances: Counter[tuple[str, str]]) -> float:
    labels = sorted({gold for gold, _ in stances})
    each = [_label_f1(stances, label) for label in labels]
    return sum(each) / len(each) if each else 0.0


def _label_f1(stances: Counter[tuple[str, str]], label: str) -> float:
    said = sum(n for (_, b), n in stances.items() if b == label)
    meant = sum(n for (a, _), n in stances.items() if a == label)
    return _ratio(2 * stances[label, label], said + meant)


def f1(precision: float, recall: float) -> float:
    """The harmonic mean, 0 where both are."""
    return _ratio(2 * precision * recall, precision + recall)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
