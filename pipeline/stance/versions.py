"""Versions that every statement carries."""

DETECTOR_VERSION = "2026.11.2"
"""Changes whenever the detector could answer differently; old and new answers are compared, never mixed."""

CODEBOOK_VERSION = "2026-11"
"""The codebook whose labels and rulings the detector follows."""
