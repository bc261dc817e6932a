"""Which articles are one story: verbatim, trimmed, lightly edited, quoting, digest, unrelated."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from pipeline.articles import KnownArticle, group_copies, text_signature
from pipeline.articles.signatures import read_signature
from pipeline.records import Article, content_id

AS_OF = datetime(2024, 10, 2, 23, 59, tzinfo=UTC)
NOUNS = [
    "minister",
    "treaty",
    "alliance",
    "capital",
    "envoy",
    "parliament",
    "fleet",
    "border",
    "summit",
    "council",
    "delegation",
    "island",
    "corridor",
]
VERBS = [
    "welcomed",
    "rejected",
    "studied",
    "delayed",
    "signed",
    "postponed",
    "discussed",
    "defended",
    "weighed",
    "described",
]


def story(seed: int, n_paragraphs: int = 10) -> list[str]:
    """Paragraphs of two sentences each, which no other seed gives."""
    rng = random.Random(seed)

    def sentence() -> str:
        middle = " ".join(f"{rng.choice(VERBS)} the {rng.choice(NOUNS)} of {rng.randrange(1000)}" for _ in range(3))
        return f"The {rng.choice(NOUNS)} {middle} with care."

    return [f"{sentence()} {sentence()}" for _ in range(n_paragraphs)]


def article(name: str, paragraphs: list[str], hours: int = 0, **fields: object) -> Article:
    published = AS_OF - timedelta(days=1) + timedelta(hours=hours)
    return Article(
        article_id=content_id(name), revision_id=content_id(name, 1), url=f"https://{name}.example.com/", title=name,
        text="\n".join(paragraphs), published=published, published_source="feed", first_seen=AS_OF, updated=None,
        outlet=name, publisher=name, country="AUS", language="en", author=None, method="trafilatura", raw_ref=None,
        run_id="r1", **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def partition(articles: list[Article], known: tuple[KnownArticle, ...] = ()) -> list[list[str]]:
    """The groups as sorted lists of titles."""
    groups: dict[str | None, list[str]] = {}
    for each in group_copies(articles, known):
        groups.setdefault(each.group_id, []).append(each.title or "")
    return sorted(sorted(names) for names in groups.values())


def known(original: Article) -> KnownArticle:
    [grouped] = group_copies([original])
    return KnownArticle(
        article_id=grouped.article_id,
        group_id=grouped.group_id or "",
        published=grouped.published,
        signature=text_signature(grouped.text),
    )


def test_a_verbatim_copy_is_of_the_group() -> None:
    assert partition([article("wire", story(1)), article("paper", story(1), 3)]) == [["paper", "wire"]]


@pytest.mark.parametrize("kept", [3, 5, 8])
def test_a_trimmed_copy_is_of_the_group(kept: int) -> None:
    trimmed = [*story(1)[:kept], "With inputs from Meridian Wire"]
    assert partition([article("wire", story(1)), article("paper", trimmed, 3)]) == [["paper", "wire"]]


def test_a_copy_with_a_word_changed_in_each_sentence_is_of_the_group() -> None:
    edited = [paragraph.replace("with care.", "with some care.") for paragraph in story(1)]
    assert partition([article("wire", story(1)), article("paper", edited, 3)]) == [["paper", "wire"]]


def test_quotation_marks_and_case_do_not_matter() -> None:
    plain = [f'"{paragraph}" it said.' for paragraph in story(1)]
    curly = [f"“{paragraph.upper()}” it said." for paragraph in story(1)]
    assert partition([article("wire", plain), article("paper", curly, 3)]) == [["paper", "wire"]]


def test_unrelated_articles_are_groups_of_their_own() -> None:
    assert partition([article(f"a{seed}", story(seed)) for seed in range(4)]) == [["a0"], ["a1"], ["a2"], ["a3"]]


def test_two_reports_that_share_quotations_stay_apart() -> None:
    speech = ["“We see no need for a treaty of this kind, and we have told our friends so many times already.”"]
    one, other = story(1), story(2)
    assert partition(
        [article("one", one[:3] + speech + one[3:]), article("other", other[:2] + speech + other[2:])]
    ) == [
        ["one"],
        ["other"],
    ]


def test_boilerplate_that_every_page_carries_groups_nothing() -> None:
    footer = ["Sign up for our daily newsletter to have the best of our reporting in your inbox every morning."]
    articles = [article(f"a{seed}", story(seed, 6) + footer) for seed in range(6)]
    assert len(partition(articles)) == 6


def test_a_digest_that_reprints_two_stories_does_not_make_them_one() -> None:
    digest = article("digest", story(1) + story(2), 5)
    groups = partition([article("one", story(1)), article("two", story(2), 1), digest])
    assert ["two"] in groups or ["one"] in groups


def test_the_group_is_named_by_its_earliest_article() -> None:
    wire, paper = article("wire", story(1), 0), article("paper", story(1), 3)
    assert {each.group_id for each in group_copies([paper, wire])} == {content_id(wire.article_id)}


def test_the_result_keeps_the_order_given() -> None:
    articles = [article("b", story(1), 4), article("a", story(2), 2), article("c", story(1), 0)]
    assert [each.title for each in group_copies(articles)] == ["b", "a", "c"]


def test_a_copy_of_a_known_article_takes_its_group() -> None:
    earlier = known(article("wire", story(1)))
    [copy] = group_copies([article("paper", story(1)[:4], 20)], [earlier])
    assert copy.group_id == earlier.group_id


def test_a_known_article_that_comes_again_keeps_its_group_though_rewritten() -> None:
    earlier = known(article("wire", story(1)))
    [again] = group_copies([article("wire", story(9), 20)], [earlier])
    assert again.group_id == earlier.group_id


def test_grouping_day_by_day_gives_what_grouping_at_once_gives() -> None:
    wire, paper, other = article("wire", story(1)), article("paper", story(1)[:4], 20), article("other", story(2), 20)
    at_once = {each.article_id: each.group_id for each in group_copies([wire, paper, other])}
    later = {each.article_id: each.group_id for each in group_copies([other, paper], [known(wire)])}
    assert later == {key: at_once[key] for key in later}


def test_signatures_that_are_given_are_used() -> None:
    one, other = article("one", story(1)), article("other", story(2), 3)
    same = dict.fromkeys((one.article_id, other.article_id), text_signature(one.text))
    assert len({each.group_id for each in group_copies([one, other], signatures=same)}) == 1


def test_the_agency_is_read_from_the_text_unless_known() -> None:
    credited, stated = group_copies(
        [article("a", [*story(1), "— Reuters"]), article("b", story(2), agency="Meridian Wire")]
    )
    assert (credited.agency, stated.agency) == ("Reuters", "Meridian Wire")


def test_no_articles_give_no_groups() -> None:
    assert group_copies([]) == ()


def test_a_signature_is_small_and_the_same_everywhere() -> None:
    signature = text_signature("\n".join(story(1)))
    assert len(signature) == 1 + 4 * 128 + 8 * 20
    # Pinned: a library that computes other values would make every stored signature useless, silently.
    assert content_id(signature.hex()) == "3f88e6109b6a4ec9"


def test_a_signature_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="compute it anew"):
        read_signature(b"\x63" + text_signature("words")[1:])


def test_the_cost_of_a_common_sentence_is_linear() -> None:
    from pipeline.articles.syndication import _candidates, _new_members

    common = "Sign up for our daily newsletter to have the best of our reporting in your inbox every morning."
    members = list(_new_members([article(f"a{seed}", [*story(seed, 2), common]) for seed in range(60)], {}))
    assert sum(map(len, _candidates(members).values())) <= 3 * len(members)
    assert all(one.article_id != other.article_id for one, other in pairwise(members))
