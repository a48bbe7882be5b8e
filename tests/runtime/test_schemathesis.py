"""Requests made up from our own OpenAPI documents, good and bad: no answer breaks what the document promises."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from .conftest import Serve

MODELS = ["echo.py:Typed", "typed.py:Inputs", "described.py:Stream"]
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance]
EXAMPLES = 15
# Made-up webhooks and files get no further than this machine.
NO_WAY_OUT = {"ALL_PROXY": "http://127.0.0.1:9"}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("model", MODELS)
def test_answers_fit_the_document(shared: Serve, model: str, mode: GenerationMode) -> None:
    document = schemathesis.openapi.from_url(f"{shared(model, **NO_WAY_OUT).client.base_url}/openapi.json")
    found: Any = document.exclude(path="/shutdown").get_all_operations()
    operations = [each.ok() for each in found]
    # Without a body there is nothing to be wrong: every text is an id.
    wanted = [each for each in operations if mode is GenerationMode.POSITIVE or each.body]
    assert len(wanted) >= 2
    for operation in wanted:
        try_out(operation, mode)


def try_out(operation: Any, mode: GenerationMode) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def answer_fits(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    answer_fits()
