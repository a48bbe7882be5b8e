"""The SDK as model code sees it, outside of a server."""

import subprocess
import sys

import pytest

from .rows import rows
from .serving import LIMIT_SECONDS, MODELS, RUNTIME

PROGRAMS = {
    "standard-library-only": """
        import sys, cog, cog.coder, cog.types
        foreign = {name.split(".")[0] for name in sys.modules} & {"pydantic", "starlette", "uvicorn", "httpx", "numpy"}
        assert not foreign, foreign
    """,
    "public-names": """
        import cog
        assert all(hasattr(cog, name) for name in cog.__all__)
        from cog import CancelationException as a
        from cog.exceptions import CancelationException as b
        from cog.server.exceptions import CancelationException as c
        assert a is b is c and not issubclass(a, Exception)
    """,
    "default-factory": """
        import cog
        try:
            cog.Input(default_factory=list)
        except TypeError:
            pass
        else:
            raise AssertionError("7.3/114")
    """,
    "file-of-handle": """
        import cog, io
        handle = io.BytesIO(b"x")
        assert cog.File(handle) is handle
    """,
    "paths": """
        import cog, pathlib, pickle
        assert isinstance(cog.Path("a") / "b", pathlib.Path)
        path = pickle.loads(pickle.dumps(cog.URLPath("https://example.com/a%20b.txt?x=1")))
        assert (str(path), path.source) == ("a b.txt", "https://example.com/a%20b.txt?x=1")
        local = cog.URLPath("data:text/plain;base64,aGk=").convert()
        assert local.read_text() == "hi" and local.name == "file.txt"
    """,
    "secrets": """
        import cog
        assert (str(cog.Secret("x")), str(cog.Secret(""))) == ("*" * 10, "")
        assert repr(cog.Secret("x")) == "Secret('**********')"
        assert cog.Secret("x").get_secret_value() == "x"
    """,
    "scope-outside": """
        import cog
        cog.current_scope().record_metric("a", 1)
        cog.emit_metric("b", 2)
        assert cog.current_scope().context == {}
    """,
    "base-model": """
        import typing, cog
        class Output(cog.BaseModel):
            n: int
            text: typing.Optional[str]
            later: "typing.Optional[cog.Path]"
        assert Output(n=1).text is None and Output(n=1).later is None
        try:
            Output()
        except ValueError as error:
            assert "n" in str(error)
        else:
            raise AssertionError("n is required")
    """,
    "coder": """
        import cog, fractions
        from cog.coder import Coder
        from cog.worker.encode import Encoder
        class Fractions(Coder):
            @staticmethod
            def factory(cls):
                return Fractions() if issubclass(cls, fractions.Fraction) else None
            def encode(self, value):
                return {"over": value.numerator, "under": value.denominator}
            def decode(self, value):
                return fractions.Fraction(value["over"], value["under"])
        Coder.register(Fractions())
        assert Encoder(copies=False).encode([fractions.Fraction(1, 2)]) == [{"over": 1, "under": 2}]
    """,
}


@rows(114)
@pytest.mark.parametrize("case", PROGRAMS)
def test_program(case: str) -> None:
    lines = PROGRAMS[case].strip("\n").splitlines()
    source = "\n".join(line[8:] for line in lines)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", source],
        cwd=MODELS,
        env={"PYTHONPATH": str(RUNTIME)},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
