"""The one way a record enters quarantine: as JSON, with stage, reason code and a pointer to its raw bytes."""

import json
from dataclasses import asdict, fields
from datetime import date
from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING

from pipeline.records import Quarantined, Run, content_id

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def quarantined(
    run: Run, stage: str, reason: str, record: "DataclassInstance", raw_ref: str | None = None, *, occurrence: int = 0
) -> Quarantined:
    """The quarantine row of a record that failed a check in `stage`.

    Its id derives from run, stage, the record's own id and the reason, so a rerun gives the same row. `occurrence`
    (0 for the first) keeps records apart that share an id in one batch: each of them is a row of its own.
    """
    key = record_id(record) if occurrence == 0 else f"{record_id(record)}#{occurrence}"
    return Quarantined(
        quarantine_id=content_id(run.run_id, stage, key, reason),
        run_id=run.run_id,
        stage=stage,
        reason=reason,
        record=record_json(record),
        raw_ref=raw_ref if raw_ref is not None else getattr(record, "raw_ref", None),
    )


def record_id(record: "DataclassInstance") -> str:
    """The record's own id: its first field if that is named `..._id`, else a digest of all it says."""
    first = fields(record)[0].name
    value = getattr(record, first)
    return str(value) if first.endswith("_id") and value else content_id(record_json(record))


def record_json(record: "DataclassInstance") -> str:
    """A record as one JSON object: times in ISO 8601, keys in the order of the fields, text as it is."""
    return json.dumps(asdict(record), default=_plain, ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"a {type(value).__name__} in a quarantined record cannot be written as JSON; add it to _plain")
