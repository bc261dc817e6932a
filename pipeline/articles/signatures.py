"""What is kept of a text to recognise its copies: a MinHash of its phrases and a print of each long sentence.

Layout of a signature, little-endian: one version byte, then 128 MinHash values (uint32), then one uint64 a sentence,
whose low 10 bits are its length in words and whose rest is its hash. About 0.5 KB and 8 bytes a sentence.

MinHash: Broder, "On the resemblance and containment of documents" (1997), over 5-word shingles; values from
datasketch with a fixed seed and scheme. Sentence prints find trimmed copies, whose resemblance is low.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = 1
N_VALUES = 128
_SHINGLE_WORDS = 5
_SENTENCE_WORDS = 8  # shorter sentences ("He declined to comment.") stand in unrelated articles too
_MOST_SENTENCES = 400
_LENGTH_BITS = 10
_SEED = 20241001

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature's two parts as arrays: 128 MinHash values, and hash and length (in words) of each long sentence."""

    values: "NDArray[np.uint32]"
    sentences: "NDArray[np.uint64]"

    @property
    def lengths(self) -> "NDArray[np.uint64]":
        """Words in each sentence."""
        import numpy as np

        return self.sentences & np.uint64((1 << _LENGTH_BITS) - 1)


def text_signature(text: str) -> bytes:
    """The signature of a text; case, quotation marks and punctuation don't matter."""
    import numpy as np

    sentences = [_words(sentence) for sentence in _SENTENCE_END.split(_plain(text))]
    words = [word for sentence in sentences for word in sentence]
    prints = {_print(sentence) for sentence in sentences if len(sentence) >= _SENTENCE_WORDS}
    kept = np.array(sorted(prints)[:_MOST_SENTENCES], dtype="<u8")
    return bytes([VERSION]) + _minhash(words) + kept.tobytes()


def read_signature(signature: bytes) -> Signature:
    """The arrays of a stored signature. Raises ValueError for one of another version: compute it anew from the text."""
    import numpy as np

    fixed = 1 + 4 * N_VALUES
    if len(signature) < fixed or signature[0] != VERSION or (len(signature) - fixed) % 8:
        raise ValueError("a syndication signature of another version: compute it anew with text_signature(text)")
    values = np.frombuffer(signature, dtype="<u4", count=N_VALUES, offset=1)
    return Signature(values, np.frombuffer(signature, dtype="<u8", offset=fixed))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


def _print(sentence: list[str]) -> int:
    digest = hashlib.blake2b(" ".join(sentence).encode(), digest_size=8).digest()
    length = min(len(sentence), (1 << _LENGTH_BITS) - 1)
    return int.from_bytes(digest, "little") >> _LENGTH_BITS << _LENGTH_BITS | length


def _minhash(words: list[str]) -> bytes:
    from datasketch import MinHash

    last = max(len(words) - _SHINGLE_WORDS, 0)
    shingles = {" ".join(words[start : start + _SHINGLE_WORDS]).encode() for start in range(last + 1)}
    minhash = MinHash(num_perm=N_VALUES, seed=_SEED, scheme="affine32")
    minhash.update_batch(sorted(shingles))
    return bytes(minhash.hashvalues.astype("<u4").tobytes())
