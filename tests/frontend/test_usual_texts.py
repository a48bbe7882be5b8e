"""The short ways of the front end against the libraries that they save: what they take, these take as well."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement as Parts
from packaging.utils import canonicalize_name

from cogc.frontend import requirement_lines
from cogc.frontend.credentials import credentials_in
from cogc.frontend.grammar import USUAL, grammar
from cogc.frontend.requirement_lines import LOCAL, Line, Written, is_remote, is_sure, read_lines
from cogc.frontend.usual_lines import USUAL_LINE
from cogc.frontend.variables import variable_in
from cogc.ir.diagnostic import Diagnostic, Report
from cogc.ir.requirement import Requirement, canonical
from cogc.ir.source import Source

_WORDS = [
    "numpy",
    "A_b.c",
    "==1.0",
    ">=1",
    ",<2",
    "; os_name == 'posix'",
    "--pre",
    "-r",
    "-rx",
    "-",
    "a-b",
    "--hash=a:b",
    " --hash=sha256:0a",
    " \\\n",
    "\\\n  ",
    "\\",
    "\n",
]
_MARKS = ["#", " #", " # why", "=", " ", "\t", "\r", "\f", "\x0b", "\x1c", "\xa0", "é", "[x]", "@", "://", "*", "$"]
_PLACES = [".zip", ".tar.gz", "file:", "a@b", "${A}", "/", "==1"]
_LINES = st.lists(
    st.sampled_from([*_WORDS, *_MARKS, *_PLACES]) | st.text(string.printable, max_size=3), max_size=6
).map("".join)


def _read(text: str) -> tuple[list[Line], list[Diagnostic]]:
    report = Report()
    read = list(read_lines(Written(text, Source("requirements.txt", text).whole().part), report))
    return read, report.diagnostics


@given(_LINES, _LINES)
def test_usual_lines_are_what_the_grammar_makes_of_them(first: str, second: str) -> None:
    short = _read(f"{first}\n{second}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requirement_lines, "USUAL_LINE", "(?!)")
        patch.setattr(requirement_lines, "independent", lambda text: [text])
        assert short == _read(f"{first}\n{second}")


@pytest.mark.parametrize(
    "line",
    [
        *("numpy==1.0", "  numpy>=1,<2 \t", "a ; os_name == 'nt'  # why", "# why", ""),
        "a==1 --hash=sha256:0a",
        "a==1 ; python_version < '3.12' \\\n    --hash=sha256:0a \\\n    --hash=sha256:1b",
    ],
)
def test_usual_lines_need_no_grammar(line: str) -> None:
    assert re.fullmatch(USUAL_LINE, line)


@given(st.from_regex(r"[A-Za-z0-9._-]{1,8}([=<>!~]=?[0-9.*]{1,6}){0,2}(,[<>=!]=[0-9.]{1,4})?", fullmatch=True))
def test_a_plain_requirement_is_one_of_packaging(text: str) -> None:
    made = Requirement(text)
    if made.is_plain:
        parts = Parts(text)
        found = (made.name, made.extras, made.marker, made.url)
        assert found == (parts.name, parts.extras, parts.marker, parts.url)
        assert canonical(made.name) == canonicalize_name(parts.name)


@pytest.mark.parametrize("text", ["numpy", "numpy==2.1.3", "A_b.c>=1,<2", "x!=1.0"])
def test_usual_requirements_are_plain(text: str) -> None:
    assert Requirement(text).is_plain


@given(_LINES)
def test_a_sure_requirement_is_what_the_long_way_makes_of_it(line: str) -> None:
    if is_sure(line):
        assert not is_remote(line)
        assert not re.fullmatch(LOCAL, line)
        assert credentials_in(Source("a", line).whole()) is None
        assert variable_in(Source("a", line).whole()) is None


@pytest.mark.parametrize("name", USUAL)
def test_usual_texts_are_in_the_grammar(name: str) -> None:
    @given(st.from_regex(USUAL[name], fullmatch=True))
    def check(text: str) -> None:
        grammar(name).parse(text)

    check()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("image", "my-model"),
        ("image", "registry.example.com/team/my_model:v1"),
        ("reference", "src/predict.py:Predictor"),
    ],
)
def test_usual_texts_are_found(name: str, text: str) -> None:
    assert re.fullmatch(USUAL[name], text)
