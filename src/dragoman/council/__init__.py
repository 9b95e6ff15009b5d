"""Votes of the Security Council: rules, composition, forecasts and how good they were.

    council = Council.load(Gazetteer.load())
    forecast = council.forecast(read_draft("draft.toml", ...), Record("record"))
    forecast.outcomes["vetoed"]

docs/council.md says what the model is, on what it was fitted, and what it cannot know.
"""

from dragoman.council.drafts import Draft, Names, Term, read_draft
from dragoman.council.forecast import Council, Forecast
from dragoman.council.rolls import Roll, read_rolls
from dragoman.council.rules import Decision, decide

__all__ = ["Council", "Decision", "Draft", "Forecast", "Names", "Roll", "Term", "decide", "read_draft", "read_rolls"]
