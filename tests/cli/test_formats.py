"""Diagnostics for machines: what their readers unescape, and what they insist on."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from cogc.formats.github import render as github
from cogc.formats.json import render as diagnostics_json
from cogc.formats.sarif import render as sarif
from cogc.ir.diagnostic import Code, Diagnostic, Label
from cogc.ir.source import Source

ERROR = Code("a-fault", "error", "Something is wrong.")
NOTE = Code("a-note", "note", "Something is worth knowing.")
TEXT = Source("my models/cog,1.yaml", "build:\n  gpu: maybe # 50%\n\tüx: 1\n")
WORD = TEXT.whole().part(14, 19)
LINES = TEXT.whole().part(0, 19)
FAULTS = (
    ERROR.at(WORD, "100% wrong:\r\nthis, or that", help="do it", also=[Label(LINES, "here, too")]),
    ERROR.at(LINES, "all of it"),
    ERROR.at(TEXT.start(), "nowhere"),
    NOTE.bare("no place"),
)


@pytest.mark.parametrize(
    ("diagnostic", "line"),
    [
        (
            FAULTS[0],
            (
                "::error file=models/my models/cog%2C1.yaml,line=2,endLine=2,col=8,endColumn=13,title=a-fault"
                "::100%25 wrong:%0D%0Athis, or that%0Amy models/cog,1.yaml:1:1: here, too%0Ahelp: do it"
            ),
        ),
        (FAULTS[1], "::error file=models/my models/cog%2C1.yaml,line=1,endLine=2,title=a-fault::all of it"),
        (
            FAULTS[2],
            "::error file=models/my models/cog%2C1.yaml,line=1,endLine=1,col=1,endColumn=2,title=a-fault::nowhere",
        ),
        (FAULTS[3], "::notice title=a-note::no place"),
    ],
)
def test_github(diagnostic: Diagnostic, line: str) -> None:
    assert github([diagnostic], "models") == f"{line}\n"


def test_json_has_both_ends_of_a_place() -> None:
    found = json.loads(diagnostics_json(FAULTS))
    place = {"file": "my models/cog,1.yaml", "line": 2, "column": 8, "end_line": 2, "end_column": 13, "text": ""}
    assert found["version"] == 1
    assert found["diagnostics"][0]["places"][0] == place
    assert [one["severity"] for one in found["diagnostics"]] == ["error", "error", "error", "note"]


@pytest.mark.parametrize("folder", ["", ".", "models", "../models"])
def test_sarif_is_what_the_standard_asks_for(folder: str) -> None:
    """SARIF 2.1.0: 3.13 (log), 3.14 (run), 3.27 (result), 3.30 (region: a half-open range, counted from 1)."""
    log = json.loads(sarif(FAULTS, folder))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules), "3.49.3: a rule's id is unique"
    assert all(result["locations"] for result in run["results"]), "code scanning refuses a result without a place"
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
    for location in _locations(run["results"]):
        uri, region = location["artifactLocation"]["uri"], location["region"]
        assert not set(uri) & set(' ,"\\'), "3.4.3: a URI reference by RFC 3986"
        start = region["startLine"], region.get("startColumn", 1)
        assert (region.get("endLine", start[0]), region.get("endColumn", start[1])) >= start >= (1, 1)


def _locations(results: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for result in results:
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            yield location["physicalLocation"]
