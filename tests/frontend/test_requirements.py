"""Requirement lines: read as pip reads them, told as they were written, refused with a caret in the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogc.frontend.local_packages import WrittenPath
from cogc.frontend.requirement_lines import Include, Written, read_lines
from cogc.ir.diagnostic import Report
from cogc.ir.requirement import Location, Option, Package
from cogc.ir.source import Source

from .projects import faults, lines, spec


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("numpy", "numpy"),
        ("  numpy==1.0  # why", "numpy==1.0"),
        ("numpy==1.0 #", "numpy==1.0"),
        ("numpy  >=1, <2 ; python_version<'3.9'", "numpy  >=1, <2 ; python_version<'3.9'"),
        ("numpy[a,b]~=1.0", "numpy[a,b]~=1.0"),
        ("numpy \\\n  ==1.0", "numpy ==1.0"),
        ("numpy\\\n==1.0", "numpy==1.0"),
        ("numpy==1.0 \\\n    --hash=sha256:a \\\n    --hash=sha256:b", "numpy==1.0 --hash=sha256:a --hash=sha256:b"),
        ("numpy \\\n# not part of it\nscipy", "numpy|scipy"),
        ("numpy # a comment \\\nscipy", "numpy|scipy"),
        ("\n\n   \n# nothing", ""),
        ("git+https://x.org/a@v1#egg=a", "git+https://x.org/a@v1#egg=a"),
        ("a @ https://x.org/a.zip#sha256=1 ; os_name=='posix'", "a @ https://x.org/a.zip#sha256=1 ; os_name=='posix'"),
        ("https://x.org/a.whl --hash=sha256:a", "https://x.org/a.whl --hash=sha256:a"),
        ("-e git+ssh://git@x.org/a", "git+ssh://git@x.org/a"),
        ("--editable=git+https://x.org/a#egg=a", "git+https://x.org/a#egg=a"),
        ("-ihttps://x.org", "-i https://x.org"),
        ("-f https://x.org/a.html", "-f https://x.org/a.html"),
        ("--index-url 'https://x.org'", "--index-url 'https://x.org'"),
        ("--pre --no-index", "--pre|--no-index"),
        ("torch==2.0 --extra-index-url https://x.org --hash=sha256:a",
         "--extra-index-url https://x.org|torch==2.0 --hash=sha256:a"),
        ("numpy==1\r\nscipy==2\r\n", "numpy==1|scipy==2"),
    ],
)  # fmt: skip
def test_lines_are_told_as_written(written: str, told: str) -> None:
    assert "|".join(line.text for line in lines(written)) == told


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("--extra-index-url https://x.org/s", "--extra-index-url", "https://x.org/s"),
        ("--extra-index-url=https://x.org/s", "--extra-index-url", "https://x.org/s"),
        ("-i https://x.org/s", "--index-url", "https://x.org/s"),
        ("-fhttps://x.org/s", "--find-links", "https://x.org/s"),
        ('--find-links "https://x.org/s"', "--find-links", "https://x.org/s"),
        ("--trusted-host x.org:80", "--trusted-host", "x.org:80"),
        ("--no-binary :all:", "--no-binary", ":all:"),
        ("--only-binary=a,b", "--only-binary", "a,b"),
        ("--pre", "--pre", ""),
        ("--require-hashes", "--require-hashes", ""),
        ("--prefer-binary", "--prefer-binary", ""),
    ],
)
def test_options(written: str, name: str, value: str) -> None:
    (option,) = lines(written)
    assert isinstance(option, Option)
    assert (option.name, option.value) == (name, value)


def test_a_package_has_its_parts_and_its_place() -> None:
    (package,) = lines("\n  Ab.C[x]>=1 ; sys_platform=='linux' --hash=sha256:a  # why\n")
    assert isinstance(package, Package)
    assert (package.requirement.name, package.requirement.extras) == ("Ab.C", {"x"})
    assert package.options == ("--hash=sha256:a",)
    assert (package.span.line, package.span.column) == (2, 3)
    assert package.span.text == "Ab.C[x]>=1 ; sys_platform=='linux'"


def test_packages_in_the_configuration_have_their_places() -> None:
    config = "build:\n  python_packages:\n    - numpy==1.0\n    - 'six ; os_name == \"posix\"'\n    - --pre\n"
    requirements = spec(config).requirements
    assert [line.span.text for line in requirements] == ["numpy==1.0", 'six ; os_name == "posix"', "--pre"]
    assert [type(line) for line in requirements] == [Package, Package, Option]


def test_includes_stand_in_their_place_and_keep_their_own() -> None:
    files = {
        "deep/more_txt": "-r ../last.txt\nb\n-r other.txt\n",
        "last_txt": "a\n",
        "deep/other_txt": "c\n-r ../last.txt\n",
    }
    requirements = lines("-r deep/more.txt\nd\n", **files)
    assert [(line.text, line.span.source.name) for line in requirements] == [
        ("a", "last.txt"), ("b", "deep/more.txt"), ("c", "deep/other.txt"), ("d", "req.txt")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        ("numpy=1.0", "requirement-syntax", "=1.0"),
        ("a\nnumpy 1.0\nb", "requirement-syntax", "1.0"),
        ("numpy, scipy", "requirement-syntax", ", scipy"),
        ("numpy[", "requirement-syntax", ""),
        ("!", "requirement-syntax", "!"),
        ("name @", "requirement-syntax", ""),
        ("numpy\xa0==1", "requirement-syntax", "\xa0==1"),
        ("numpy==1.x", "requirement-version", "==1.x"),
        ("numpy>=1,~=2,<3", "requirement-version", "~=2"),
        ("numpy >= 1 , < y ; os_name == 'a'", "requirement-version", "< y"),
        ("numpy==1 2", "requirement-version", "==1 2"),
        ("numpy<2.*", "requirement-version", "<2.*"),
        ("numpy \\\n==x", "requirement-version", "numpy \\\n==x"),
        ("numpy ; python = '3'", "requirement-marker", "python = '3'"),
        ("numpy ; os_name == posix", "requirement-marker", "os_name == posix"),
        ("numpy;", "requirement-marker", ""),
        ("numpy ; sys_platform ~= 'linux'", "requirement-marker", "sys_platform ~= 'linux'"),
        ("numpy ; python_version ~= 'x'", "requirement-marker", "python_version ~= 'x'"),
        ("--unknown", "requirement-option", "--unknown"),
        ("-q", "requirement-option", "-q"),
        ("numpy --install-option=a", "requirement-option", "--install-option=a"),
        ("--hash=sha256:a", "requirement-option", "--hash=sha256:a"),
        ("--pre=1", "requirement-option-value", "--pre=1"),
        ("--pre numpy", "requirement-option-value", "--pre numpy"),
        ("--index-url", "requirement-option-value", "--index-url"),
        ("--index-url=", "requirement-option-value", "--index-url="),
        ("--index-url ''", "requirement-option-value", "--index-url ''"),
        ("--find-links a b", "requirement-option-value", "--find-links a b"),
        ("-r", "requirement-option-value", "-r"),
        ("-r nothing.txt", "requirement-include", "nothing.txt"),
        ("-r ../x.txt", "requirement-include", "../x.txt"),
        ("-r /etc/passwd", "requirement-include", "/etc/passwd"),
        ("-r https://x.org/r.txt", "requirement-include", "https://x.org/r.txt"),
        ("-r req.txt", "requirement-cycle", "req.txt"),
        ("-c nothing.txt", "requirement-include", "nothing.txt"),
        ("numpy==${VERSION}", "requirement-variable", "${VERSION}"),
        ("--index-url https://${HOST}/simple", "requirement-variable", "${HOST}"),
        ("a @ https://x.org/${A_1}.whl", "requirement-variable", "${A_1}"),
        ("-e .", "requirement-local", "."),
        (".", "requirement-local", "."),
        ("./a", "requirement-local", "./a"),
        ("a/b.whl", "requirement-local", "a/b.whl"),
        ("a-1.0-py3-none-any.whl", "requirement-local", "a-1.0-py3-none-any.whl"),
        ("a-1.0.tar.gz", "requirement-local", "a-1.0.tar.gz"),
        ("file:///a.whl", "requirement-local", "file:///a.whl"),
        ("git+file:///a", "requirement-local", "git+file:///a"),
        ("../x.whl", "requirement-local", "../x.whl"),
        ("/a.whl", "requirement-local", "/a.whl"),
        ("./req.txt", "requirement-local", "./req.txt"),
        ("a @ ./a.whl", "requirement-local", "a @ ./a.whl"),
        ("a @ file:///a.whl", "requirement-local", "a @ file:///a.whl"),
        ("-f ./wheels", "requirement-local", "./wheels"),
        ("-i simple", "requirement-local", "simple"),
        ("hg+https://x.org/a", "requirement-vcs", "hg+https://x.org/a"),
        ("a @ svn+https://x.org/a", "requirement-vcs", "a @ svn+https://x.org/a"),
        ("cog", "requirement-sdk", "cog"),
        ("Cog[extra]>=0.9 ; os_name == 'nt'", "requirement-sdk", "Cog[extra]>=0.9 ; os_name == 'nt'"),
        ("coglet==0.1", "requirement-sdk", "coglet==0.1"),
        ("a==1\nA==2", "requirement-conflict", "A==2"),
        ("a==1\na>1", "requirement-conflict", "a>1"),
        ("a[x]>2\na==1", "requirement-conflict", "a==1"),
        ("a.b==1.0\na_b==1.1 # b", "requirement-conflict", "a_b==1.1"),
        ("a==1 ; os_name=='x'\na==2 ; os_name == 'x'", "requirement-conflict", "a==2 ; os_name == 'x'"),
        ("a @ https://x.org/1.whl\na @ https://x.org/2.whl", "requirement-conflict", "a @ https://x.org/2.whl"),
        ("torch==2.0+cu118\ntorch==2.0+cpu", "requirement-conflict", "torch==2.0+cpu"),
    ],
)  # fmt: skip
def test_refusals(written: str, code: str, place: str) -> None:
    ((found_code, found_place),) = faults(written)
    assert found_code == code
    assert found_place in (place, "\n")[: 1 if place else 2]


@pytest.mark.parametrize(
    "written",
    [
        "a==1\na==1.0",
        "a==1\na>=1,<2",
        "a>=1\na<2",
        "a==1 ; os_name=='x'\na==2 ; os_name=='y'",
        "torch==2.0+cu118\ntorch==2.0",
        "a==1.*\na==1.2",
        "a===weird\na===other",
    ],
)
def test_lines_that_can_both_hold(written: str) -> None:
    assert faults(written) == []


@pytest.mark.parametrize(
    ("written", "secret"),
    [
        ("--index-url https://user:hunter2@x.org/s", "user:hunter2"),
        ("--extra-index-url=http://token@x.org", "token"),
        ("-f https://${USER}:${TOKEN}@x.org", "${USER}:${TOKEN}"),
        ("git+https://ghp_1@x.org/a@v1", "ghp_1"),
        ("a @ https://u:p@x.org/a.whl", "u:p"),
        ("-e git+https://u@x.org/a", "u"),
        ("git+ssh://git:password@x.org/a", "git:password"),
    ],
)
def test_credentials_are_refused_and_not_repeated(written: str, secret: str) -> None:
    ((code, place),) = faults(f"six\n{written}\n")
    assert (code, place) == ("requirement-credentials", "*" * len(secret))


@pytest.mark.parametrize("length", [2, 49, 60, 2000])
def test_chains_of_includes_end(length: int) -> None:
    chain = {f"{number}_txt": f"-r {number + 1}.txt\n" for number in range(length)}
    expected = [] if length < 50 else [("requirement-cycle", "50.txt")]
    assert faults("-r 0.txt\n", **chain, **{f"{length}_txt": "six\n"}) == expected


def test_faults_of_all_lines_are_told() -> None:
    codes = [code for code, _ in faults("a=1\nb==x\nc;\n--d\n-e .\n-r e\nf\n")]
    assert codes == [
        "requirement-syntax", "requirement-version", "requirement-marker", "requirement-option", "requirement-local",
        "requirement-include",
    ]  # fmt: skip


NAMES = st.from_regex(r"[a-z][a-z0-9]{0,5}([-_.][a-z0-9]{1,5})?", fullmatch=True).filter(
    lambda name: name not in ("cog", "coglet")
)
VERSIONS = st.sampled_from(["", "==1.2.3", ">=1,<2", "~=1.4", "==1.*", "!=1.0", "==2.0+cu118", "==1.0rc1", " >= 1"])
EXTRAS = st.sampled_from(["", "[a]", "[a,b-c]"])
MARKERS = st.sampled_from(["", ' ; python_version < "3.9"', "; sys_platform == 'linux' and extra == 'a'"])
HASHES = st.sampled_from([(), ("--hash=sha256:ab",), ("--hash=sha256:ab", "--hash=sha256:cd")])
PACKAGES = st.tuples(NAMES, EXTRAS, VERSIONS, MARKERS, HASHES)
ENDS = st.sampled_from(["", " ", "  # comment", "\t# --pre", "\r"])
GAPS = st.sampled_from([" ", "  ", " \\\n", "\t\\\n   "])


@given(st.lists(st.tuples(PACKAGES, ENDS, GAPS)))
def test_lines_round_trip(written: list[tuple[tuple[str, str, str, str, tuple[str, ...]], str, str]]) -> None:
    told = ["".join(parts[:4]) for parts, _, _ in written]
    text = "".join(
        gap.join((line, *parts[4])) + end + "\n" for line, (parts, end, gap) in zip(told, written, strict=True)
    )
    report = Report()
    found = list(read_lines(_written(text), report))
    assert not report.diagnostics
    assert all(isinstance(line, Package) for line in found)
    assert [line.text for line in found if isinstance(line, Package)] == [
        " ".join((line, *parts[4])) for line, (parts, _, _) in zip(told, written, strict=True)
    ]


@given(st.text(alphabet=st.sampled_from("ab-=<>~!;,[]()@#\\/.:+*'\"$ \t\n\r\x0b\x0c\x00\x85\u2028é1")))
def test_any_text_is_lines_or_faults(text: str) -> None:
    report = Report()
    found = list(read_lines(_written(text), report))
    assert all(isinstance(line, Package | Option | Location | Include | WrittenPath) for line in found)
    assert all(fault.labels[0].span.end <= len(text) for fault in report.diagnostics)


def _written(text: str) -> Written:
    return Written(text, Source("req.txt", text).whole().part)
