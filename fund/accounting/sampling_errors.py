"""The refusals of a sample's plan."""

from __future__ import annotations

from fund.errors import ReasonedError


class SamplePlanInvalid(ReasonedError):
    """A sample cannot be drawn as it is asked for."""

    code = "sample_plan_invalid"
    en = "No sample is drawn: {why}."
    fr = "Aucun échantillon n’est tiré : {pourquoi}."
