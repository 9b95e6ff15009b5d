"""Matrix -> picture: a sign in each cell, a mark for its force, and a colour that only repeats the sign."""

from __future__ import annotations

from typing import IO, Any

from dragoman.views.marks import visible
from dragoman.views.matrix import MARKS, Cell, Matrix
from dragoman.views.pictures import COLOURS, INK, LINE, PAPER, SOFT, figure, save
from dragoman.views.positions import SIGNS
from dragoman.views.rows import clip

_CELL = 0.32
"""Side of a cell in inches; what is around the grid is in inches too."""

_NAME = 28
_LEFT, _TOP, _BELOW, _RIGHT = 2.6, 1.9, 0.75, 1.35
_LEGEND = "+ supports   − opposes   ± mixed, or differs by target      o offer   d demand   ! red line   V veto threat"


def write_matrix_picture(matrix: Matrix, out: IO[bytes], format: str) -> None:
    """Draw it and write it as png or svg."""
    width, height = max(len(matrix.measures), 1) * _CELL, max(len(matrix.actors), 1) * _CELL
    page = max(_LEFT + width + _RIGHT, 8.0), _TOP + height + _BELOW
    drawn = figure(*page)
    place = (_LEFT / page[0], _BELOW / page[1], width / page[0], height / page[1])
    axes = drawn.add_axes(place)
    _frame(axes, matrix)
    for row, (actor, _) in enumerate(matrix.actors):
        for column, measure in enumerate(matrix.measures):
            cell = matrix.cells.get((actor, measure))
            if cell is not None:
                _cell(axes, column, row, cell)
    _notes(drawn, matrix, page)
    save(drawn, out, format)


def _frame(axes: Any, matrix: Matrix) -> None:
    axes.set_xlim(-0.5, max(len(matrix.measures), 1) - 0.5)
    axes.set_ylim(max(len(matrix.actors), 1) - 0.5, -0.5)
    axes.xaxis.tick_top()
    labels = [matrix.label(m) for m in matrix.measures]
    axes.set_xticks(range(len(labels)), labels, rotation=50, ha="left", rotation_mode="anchor", fontsize=8, color=INK)
    names = [clip(visible(name), _NAME) for _, name in matrix.actors]
    axes.set_yticks(range(len(names)), names, fontsize=8, color=INK, parse_math=False)
    axes.set_xticks([n - 0.5 for n in range(len(labels) + 1)], minor=True)
    axes.set_yticks([n - 0.5 for n in range(len(names) + 1)], minor=True)
    axes.grid(which="minor", color=LINE, linewidth=0.6)
    axes.tick_params(which="both", length=0, pad=3)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _cell(axes: Any, column: int, row: int, cell: Cell) -> None:
    mark = MARKS[cell.force]
    colour = COLOURS[cell.stance]
    box = {"xy": (column - 0.44, row - 0.44), "width": 0.88, "height": 0.88, "linewidth": 0}
    firm = cell.force in ("red_line", "veto_threat")
    axes.add_patch(_rectangle(**box, facecolor=colour, alpha=1.0 if firm else 0.28 if not mark else 0.45))
    shown = {"color": PAPER if firm else INK, "ha": "center", "va": "center_baseline"}
    axes.text(column - (0.16 if mark else 0), row, SIGNS[cell.stance], fontsize=11, fontweight="bold", **shown)
    if mark:
        axes.text(column + 0.2, row, mark, fontsize=8, fontweight="bold", **shown)


def _rectangle(**settings: Any) -> Any:
    from dragoman.views.pictures import needed

    return needed("matplotlib.patches").Rectangle(**settings)


def _notes(drawn: Any, matrix: Matrix, page: tuple[float, float]) -> None:
    drawn.text(0.15 / page[0], 0.38 / page[1], _LEGEND, fontsize=8, color=SOFT)
    if matrix.left_out:
        words = f"The {len(matrix.actors)} actors with most passages; {matrix.left_out} more are left out."
        drawn.text(0.15 / page[0], 0.15 / page[1], words, fontsize=8, color=SOFT)
    if not matrix.cells:
        drawn.text(0.5, 0.5, "No position", fontsize=10, color=SOFT, ha="center")
