"""The assignment problem: pairs of two lists, as many as possible, then of the highest total quality."""

from collections.abc import Mapping

# One pair more outweighs any gain in quality.
_PAIR = 1000.0


def assign(rows: int, columns: int, quality: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The best pairs among those that `quality` lists, in order (Hungarian method with potentials, O(n^3))."""
    size = max(rows, columns)
    if not quality:
        return []
    cost = [[-(_PAIR + quality[i, j]) if (i, j) in quality else 0.0 for j in range(size)] for i in range(size)]
    owner = _solve(cost, size)
    return sorted((owner[j] - 1, j - 1) for j in range(1, size + 1) if (owner[j] - 1, j - 1) in quality)


def _solve(cost: list[list[float]], size: int) -> list[int]:
    """For each column, counted from 1, the row assigned to it."""
    row_potential, column_potential = [0.0] * (size + 1), [0.0] * (size + 1)
    owner = [0] * (size + 1)
    for row in range(1, size + 1):
        owner[0] = row
        _augment(cost, size, owner, row_potential, column_potential)
    return owner


def _augment(cost: list[list[float]], size: int, owner: list[int], rows: list[float], columns: list[float]) -> None:
    way = [0] * (size + 1)
    least, seen = [float("inf")] * (size + 1), [False] * (size + 1)
    column = 0
    while owner[column]:
        seen[column] = True
        row, delta, following = owner[column], float("inf"), 0
        for j in range(1, size + 1):
            if seen[j]:
                continue
            reduced = cost[row - 1][j - 1] - rows[row] - columns[j]
            if reduced < least[j]:
                least[j], way[j] = reduced, column
            if least[j] < delta:
                delta, following = least[j], j
        for j in range(size + 1):
            if seen[j]:
                rows[owner[j]] += delta
                columns[j] -= delta
            else:
                least[j] -= delta
        column = following
    while column:
        owner[column] = owner[way[column]]
        column = way[column]
