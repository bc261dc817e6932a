"""Syndication groups: one story in many papers is one group, so that a statement is counted once.

Two articles are copies if their phrases resemble each other (Jaccard of 5-word shingles ≥ 0.6, estimated by MinHash)
or if most of the shorter one's long sentences stand verbatim in the other (a trimmed copy). Two reporters who quote
the same speech share quotations, but not most of what they write.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.articles.agencies import credited_agency
from pipeline.articles.signatures import N_VALUES, Signature, read_signature, text_signature
from pipeline.records import Article, content_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RESEMBLANCE = 0.6
_CONTAINMENT = 0.6  # of the shorter one's words in long sentences
_SHARED_WORDS = 40  # two or three sentences: less is a quotation
# 32 bands of 4 values find a pair of resemblance 0.6 with probability 0.988 (Rajaraman & Ullman, ch. 3.4);
# an exact sentence in common makes a candidate too.
_BAND = 4
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """What the warehouse keeps of an earlier article for grouping; `signature` is `text_signature` of its text.

    Pass those of the last days only (14, say): copies follow within days, and the cost grows with their number
    by array operations alone, not by comparisons.
    """

    article_id: str
    group_id: str
    published: datetime | None
    signature: bytes


@dataclass(frozen=True, slots=True)
class _Member:
    """An article in the order in which groups form: the known first, then by date and id."""

    article_id: str
    group_id: str | None
    signature: Signature


def group_copies(
    articles: Sequence[Article], known: Sequence[KnownArticle] = (), *, signatures: Mapping[str, bytes] | None = None
) -> tuple[Article, ...]:
    """The articles in the order given, each with its `group_id`, and its `agency` where a credit names one.

    A group is named by `content_id` of its earliest article's id; a copy of a known article takes that one's group.
    The order of `articles` and `known` doesn't matter. `signatures` (article id → bytes) spares computing them twice.
    Raises ValueError for a signature of another version.
    """
    members = [*_known_members(known), *_new_members(articles, signatures or {})]
    groups = _grouped(members)
    return tuple(
        replace(
            article,
            group_id=groups[article.article_id],
            agency=article.agency or credited_agency(article.text, article.author),
        )
        for article in articles
    )


def are_copies(one: Signature, other: Signature) -> bool:
    """Whether two texts are one story: near-duplicates, or one a trimmed copy of the other."""
    return _resembles(one, other) or _contains(one, other)


def _known_members(known: Iterable[KnownArticle]) -> Iterator[_Member]:
    for article in sorted(known, key=lambda article: (article.published or _LAST, article.article_id)):
        yield _Member(article.article_id, article.group_id, read_signature(article.signature))


def _new_members(articles: Iterable[Article], signatures: Mapping[str, bytes]) -> Iterator[_Member]:
    for article in sorted(articles, key=lambda article: (article.published or article.first_seen, article.article_id)):
        signature = signatures.get(article.article_id) or text_signature(article.text)
        yield _Member(article.article_id, None, read_signature(signature))


def _grouped(members: Sequence[_Member]) -> dict[str, str]:
    """Article id → group id. Groups have a leader, their earliest article, and don't chain through lesser likenesses.

    Without that rule a digest that reprints two stories would make the two one.
    """
    groups: dict[str, str] = {}
    leaders: dict[str, int] = {}
    candidates = _candidates(members)
    for rank, member in enumerate(members):
        group = member.group_id or groups.get(member.article_id)
        if group is None:
            group = _group_of_a_copy(rank, candidates.get(rank, ()), members, groups, leaders)
        groups[member.article_id] = group
        leaders.setdefault(group, rank)
    return groups


def _group_of_a_copy(
    rank: int,
    candidates: Iterable[int],
    members: Sequence[_Member],
    groups: Mapping[str, str],
    leaders: Mapping[str, int],
) -> str:
    signature = members[rank].signature
    for candidate in candidates:
        group = groups[members[candidate].article_id]
        leader = members[leaders[group]].signature
        if are_copies(signature, leader) or _resembles(signature, members[candidate].signature):
            return group
    return content_id(members[rank].article_id)


def _resembles(one: Signature, other: Signature) -> bool:
    return int((one.values == other.values).sum()) >= _RESEMBLANCE * N_VALUES


def _contains(one: Signature, other: Signature) -> bool:
    import numpy as np

    shorter, longer = sorted((one, other), key=lambda signature: int(signature.lengths.sum()))
    shared = int(shorter.lengths[np.isin(shorter.sentences, longer.sentences)].sum())
    return shared >= _SHARED_WORDS and shared >= _CONTAINMENT * int(shorter.lengths.sum())


def _candidates(members: Sequence[_Member]) -> dict[int, list[int]]:
    """For each new member the earlier ones that share a band or a sentence, earliest first.

    Of all that share one key a member sees the first and the one before it: linear, also for a sentence that a
    thousand pages carry. Copies share many keys, so no pair depends on one.
    """
    import numpy as np

    if not members:
        return {}
    keys, owners = _keys(members)
    n_known = sum(member.group_id is not None for member in members)
    wanted = np.isin(keys, keys[owners >= n_known])
    keys, owners = keys[wanted], owners[wanted]
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    same = np.concatenate(([False], keys[1:] == keys[:-1]))
    first = np.maximum.accumulate(np.where(same, 0, np.arange(len(keys))))
    pairs = np.concatenate(
        [
            np.column_stack((owners[same], owners[first[same]])),
            np.column_stack((owners[same], owners[np.flatnonzero(same) - 1])),
        ]
    )
    found: dict[int, list[int]] = {}
    for later, earlier in np.unique(pairs[(pairs[:, 0] >= n_known) & (pairs[:, 0] != pairs[:, 1])], axis=0).tolist():
        found.setdefault(later, []).append(earlier)
    return found


def _keys(members: Sequence[_Member]) -> tuple["NDArray[np.uint64]", "NDArray[np.int64]"]:
    """All keys of all members, and beside each the rank of the member that it belongs to."""
    import numpy as np

    bands = _bands(np.array([member.signature.values for member in members], dtype=np.uint64))
    sentences = [member.signature.sentences for member in members]
    ranks = np.arange(len(members), dtype=np.int64)
    keys = np.concatenate([bands.ravel(), *sentences]).astype(np.uint64)
    owners = np.concatenate([np.repeat(ranks, bands.shape[1]), np.repeat(ranks, [len(each) for each in sentences])])
    return keys, owners


def _bands(values: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """One 64-bit key for each band of each row: a polynomial hash, in which the band's number takes part."""
    import numpy as np

    prime = np.uint64(0x9E3779B97F4A7C15)
    rows = values.reshape(len(values), -1, _BAND)
    keys = np.broadcast_to(np.arange(rows.shape[1], dtype=np.uint64), rows.shape[:2]).copy()
    for column in range(_BAND):
        keys = (keys * prime) ^ rows[:, :, column]
        keys ^= keys >> np.uint64(29)
    return keys * prime
