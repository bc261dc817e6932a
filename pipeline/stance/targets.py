"""Which proposal a sentence speaks of: named in it, pointed back to, or the subject of the article."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache

from pipeline.stance.gazetteer import folded, gazetteer
from pipeline.stance.lexicon import any_of, read
from pipeline.stance.parsing import Document, Sentence
from pipeline.stance.proposals import OTHER, Proposal, load_proposals, word_start
from pipeline.stance.text import plain

_TITLE, _LEAD, _PLAIN = 3.0, 1.5, 1.0
_REFERENCE = 0.3
# A paragraph that has every part of a proposal's wording, though no sentence of it has all.
_SPREAD = 0.7
# "other" is a guess from general words, so it must outweigh the best watchlist proposal by this factor.
_OTHER_MARGIN = 2.5
_OURSELVES = re.compile(r"\b(?:we|our|us|ourselves|the country|this country)\b")
_STATE_KINDS = {"country", "demonym", "capital", "building"}
# An article is about a proposal from this weight on: named in the headline, or in two or three sentences. Below it,
# a proposal that a sentence names is under discussion there and in the paragraph that follows, no further.
_ACTIVE = 1.3


@dataclass(frozen=True, slots=True)
class Target:
    """A proposal: a watchlist id or "other", and its name."""

    id: str
    name: str
    proposal: Proposal | None = None


@dataclass(slots=True)
class Topics:
    """What an article is about: weight per target, and the explicit targets of each sentence.

    `aside` says that the headline is about a neighbouring subject (ruling 15), so that only sentences that name a
    proposal count.
    """

    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    explicit: list[list[str]] = field(default_factory=list)
    targets: dict[str, Target] = field(default_factory=dict)
    aside: bool = False

    @property
    def main(self) -> str | None:
        """The weightiest target, if the article is about any."""
        active = [] if self.aside else self.active
        return max(active, key=lambda t: self.weights[t]) if active else None

    @property
    def mentioned(self) -> bool:
        """Whether the article speaks of any proposal."""
        return bool(self.active) or any(self.explicit)

    @property
    def active(self) -> list[str]:
        """The targets that the article is about."""
        top = max(self.weights.values(), default=0.0)
        return [t for t, w in self.weights.items() if w >= max(_ACTIVE, 0.12 * top)]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {key: any_of(patterns) for key, patterns in read("targets.toml").items()}


def topics(title: str | None, document: Document, home: str | None = None) -> Topics:
    """Weighs every proposal over the headline and the sentences."""
    found = Topics(targets={p.id: Target(p.id, p.name, p) for p in load_proposals()})
    whole = folded(plain(f"{title or ''}\n{document.text}"))
    reader = _Reader(whole, home)
    for target in {*reader.named(title or "", ""), *reader.headlined(title or "")}:
        found.weights[target] += _TITLE
    found.aside = not found.weights and off_topic((title or "").lower())
    before = title or ""
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        named = reader.named(text, before)
        found.explicit.append(named)
        for target in named:
            found.weights[target] += _LEAD if sentence.paragraph < 4 else _PLAIN
        before = text
    for start, end in document.paragraphs:
        for target in reader.spread(document.text[start:end]):
            found.weights[target] += _SPREAD
    _weigh_references(found, document)
    if OTHER in found.weights:
        _settle_other(found, title or "", document)
    return found


def _weigh_references(found: Topics, document: Document) -> None:
    """What the headline or the first paragraphs name gains by every later sentence that points back to it."""
    if not found.weights:
        return
    leading, weight = max(found.weights.items(), key=lambda item: item[1])
    if weight < _LEAD:
        return
    for sentence, named in zip(document.sentences, found.explicit, strict=True):
        if not named and points_back(document.text[sentence.start : sentence.end].lower()):
            found.weights[leading] += _REFERENCE


def _settle_other(found: Topics, title: str, document: Document) -> None:
    """ "other" stands only where it outweighs every watchlist proposal; its name is the first wording of it."""
    best = max((w for t, w in found.weights.items() if t != OTHER), default=0.0)
    if found.weights[OTHER] <= _OTHER_MARGIN * best:
        del found.weights[OTHER]
        found.explicit = [[t for t in named if t != OTHER] for named in found.explicit]
        return
    found.targets[OTHER] = Target(OTHER, _other_name(title, document))


def _other_name(title: str, document: Document) -> str:
    own = re.compile(
        r"(?:[A-Z][\w'-]+ )+(?:Agreement|Treaty|Pact|Legion|Alliance|Accord|Union|Plus|Force|Partnership)\b"
    )
    for text in (title, document.text):
        match = own.search(text)
        if match:
            return match[0]
    match = _patterns()["arrangement"].search(document.text.lower())
    return document.text[match.start() : match.end()].strip() if match else title


# Steps of an accession that an article must mention before its headline's candidate state is its subject.
_STEPS = 3


class _Reader:
    """Finds proposals in stretches of one article."""

    def __init__(self, whole: str, home: str | None) -> None:
        self._home = home
        self._whole = whole.lower()
        self._proposals = [p for p in load_proposals() if not p.requires or any(r in self._whole for r in p.requires)]
        self._nato = any(b in self._whole for b in ("nato", "atlantic alliance"))
        self._joins = self._nato or "alliance" in self._whole
        self._secure = len(_patterns()["security"].findall(self._whole)) > 1
        self._counts = Counter(h.name.holder for h in gazetteer().find(whole) if h.name.kind in _STATE_KINDS)

    def named(self, text: str, before: str) -> list[str]:
        """The targets that a sentence names; "other" only where it names none of the watchlist."""
        lowered = folded(plain(text)).lower()
        states = _states(text)
        if self._home and _OURSELVES.search(lowered):
            states.add(self._home)
        found = [p.id for p in self._proposals if _names(p, lowered) or self._structured(p, lowered, states)]
        found = _unambiguous(found, lowered)
        if not found and self._other(lowered, states):
            found = [OTHER]
        return found

    def headlined(self, title: str) -> list[str]:
        """The accessions whose candidate the headline names while the text speaks of joining throughout."""
        states = _states(title)
        steps = len(_patterns()["steps"].findall(self._whole))
        return [p.id for p in self._proposals if p.member in states and self._joins and steps >= _STEPS]

    def spread(self, paragraph: str) -> list[str]:
        """The proposals whose parts are spread over a paragraph, none of its sentences naming them."""
        lowered = folded(plain(paragraph)).lower()
        if _patterns()["neighbours"].search(lowered):
            return []
        states = _states(paragraph)
        sentences = re.split(r"(?<=[.?!])\s", lowered)
        return [
            p.id
            for p in self._proposals
            if self._has_parts(p, lowered, states)
            and not any(_names(p, s) for s in sentences)
            and not _alias_pattern(p).search(lowered)
        ]

    def _has_parts(self, proposal: Proposal, lowered: str, states: set[str]) -> bool:
        if proposal.exclude and any(e in lowered for e in proposal.exclude):
            return False
        if proposal.member:
            return proposal.member in states and bool(_patterns()["bodies"].search(lowered)) and _accedes(lowered)
        if proposal.parties:
            return set(proposal.parties) <= states and bool(_patterns()["pact"].search(lowered)) and self._secure
        return len(proposal.together) > 1 and all(_group(group).search(lowered) for group in proposal.together)

    def _structured(self, proposal: Proposal, lowered: str, states: set[str]) -> bool:
        if proposal.member:
            return proposal.member in states and self._nato and _accedes(lowered)
        if proposal.parties and self._secure and _patterns()["pact"].search(lowered):
            return set(proposal.parties) <= states or (bool(states & set(proposal.parties)) and self._between(proposal))
        return False

    def _between(self, proposal: Proposal) -> bool:
        """Whether the article as a whole is about these states and no other pact of theirs."""
        ranked = [s for s, _ in self._counts.most_common(4)]
        return all(self._counts[p] > 1 and p in ranked for p in proposal.parties)

    def _other(self, lowered: str, states: set[str]) -> bool:
        if _patterns()["neighbours"].search(lowered):
            return False
        worded = _patterns()["arrangement"].search(lowered)
        return self._secure and bool(worded or (len(states) > 1 and _patterns()["pact"].search(lowered)))


def _accedes(lowered: str) -> bool:
    return bool(_patterns()["accession"].search(lowered))


def _names(proposal: Proposal, lowered: str) -> bool:
    if proposal.exclude and any(e in lowered for e in proposal.exclude):
        return False
    if _alias_pattern(proposal).search(lowered):
        return True
    return bool(proposal.together) and all(_group(group).search(lowered) for group in proposal.together)


@cache
def _alias_pattern(proposal: Proposal) -> re.Pattern[str]:
    return word_start(proposal.aliases)


@cache
def _group(words: tuple[str, ...]) -> re.Pattern[str]:
    return word_start(words)


def _states(text: str) -> set[str]:
    return {h.name.holder for h in gazetteer().find(text) if h.name.holder and h.name.kind in _STATE_KINDS}


def _unambiguous(found: list[str], lowered: str) -> list[str]:
    """Where two proposals share their words, the more special one stands."""
    if "quad-military-alliance" in found and "asian-nato" in found and "quad" in lowered:
        found = [f for f in found if f != "asian-nato"]
    if "arab-nato" in found and "saudi-us-defence-treaty" in found:
        found = [f for f in found if f != "saudi-us-defence-treaty"]
    if "us-philippines-squad" in found and "asian-nato" in found and "nato" not in lowered:
        found = [f for f in found if f != "asian-nato"]
    if (
        "nuclear-sharing-japan" in found
        and "nordic-baltic-nuclear" in found
        and "france" not in lowered
        and "french" not in lowered
    ):
        found = [f for f in found if f != "nordic-baltic-nuclear"]
    return found


class Pointer:
    """Follows, sentence by sentence, which proposals are under discussion."""

    def __init__(self, found: Topics) -> None:
        self._topics = found
        self._active = set(found.active)
        self._last: list[str] = []
        self._paragraph = -1

    def targets(self, sentence: Sentence) -> list[Target]:
        """The proposals that the sentence speaks of, explicitly or by reference."""
        named = self._topics.explicit[sentence.index]
        if named:
            self._last, self._paragraph = named, sentence.paragraph
        elif self._last and not self._topics.aside and sentence.paragraph - self._paragraph <= 1:
            named = self._recent()
        else:
            named = self._by_main()
        return [self._topics.targets[t] for t in named]

    def _recent(self) -> list[str]:
        """The proposal last named, if it alone was and the article is about it too, else the main one."""
        weight = self._topics.weights.get(self._last[0], 0.0)
        main = self._topics.main
        strong = main is None or weight >= 0.4 * self._topics.weights[main]
        if len(self._last) > 1 and all(self._member(t) for t in self._last):
            return self._last
        return self._last[:1] if len(self._last) == 1 and strong else self._by_main()

    def _member(self, target: str) -> bool:
        proposal = self._topics.targets[target].proposal
        return bool(proposal and proposal.member)

    def _by_main(self) -> list[str]:
        main = self._topics.main
        return [main] if main else []


def points_back(lowered: str) -> bool:
    """Whether a stretch refers to the proposal under discussion ("the plan", "such a bloc")."""
    return bool(_patterns()["anaphora"].search(lowered))


def off_topic(lowered: str) -> bool:
    """Whether a stretch speaks of a neighbouring subject (ruling 15)."""
    return bool(_patterns()["neighbours"].search(lowered))
