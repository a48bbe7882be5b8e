"""The documentation that is made from the code is current, and what the README names exists."""

import re
from pathlib import Path

import pytest

from cogc.ir.codes import ALL

ROOT = Path(__file__).parents[2]
DIAGNOSTICS = ROOT / "docs" / "diagnostics.md"
INTRODUCTION = """# Diagnostics

Every message of the compiler has a code; `cogc explain CODE` prints the same text. A code keeps its meaning for ever.
This page is made from `compiler/ir/codes/` by `make goldens`.
"""


def test_the_page_of_diagnostics_is_current(request: pytest.FixtureRequest) -> None:
    entries = [f"\n## {code.id}\n\n*{code.severity}.* {code.explanation}\n" for _, code in sorted(ALL.items())]
    page = INTRODUCTION + "".join(entries)
    if request.config.getoption("update_snapshots"):
        DIAGNOSTICS.write_text(page)
    assert DIAGNOSTICS.read_text() == page, "run `make goldens`"


@pytest.mark.parametrize("page", sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")]), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text())
    local = [link for link in links if "://" not in link]
    missing = [link for link in local if not (page.parent / link).exists()]
    assert not missing
