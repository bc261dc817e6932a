"""Stance detection: who holds which position on which security-alliance proposal, and the exact words.

Importing this package is cheap; the language model loads with the first article that is parsed.
"""

from pipeline.stance.attribution import attributions
from pipeline.stance.detector import Detector, detect
from pipeline.stance.evaluation import evaluate
from pipeline.stance.gold import article_from_gold, statement_to_gold
from pipeline.stance.polarity import polarity
from pipeline.stance.proposals import Proposal, is_relevant, load_proposals
from pipeline.stance.versions import CODEBOOK_VERSION, DETECTOR_VERSION

__all__ = [
    "CODEBOOK_VERSION",
    "DETECTOR_VERSION",
    "Detector",
    "Proposal",
    "article_from_gold",
    "attributions",
    "detect",
    "evaluate",
    "is_relevant",
    "load_proposals",
    "polarity",
    "statement_to_gold",
]
