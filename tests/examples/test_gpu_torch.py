"""The mathematics of the GPU example, on the CPU where torch is; run by `make check-embeddings`."""

from typing import Any

import pytest

from .conftest import Load

torch = pytest.importorskip("torch", reason="torch is not installed here: `make check-embeddings` installs and runs it")

LIMIT = 60


@pytest.fixture
def fractal(load: Load) -> Any:
    return load("gpu-torch", "fractal")


@pytest.mark.parametrize(
    ("c", "steps"),
    [(0, LIMIT), (-1, LIMIT), (-2, LIMIT), (1j, LIMIT), (1, 2), (2, 1), (3, 0), (100 + 100j, 0)],
)
def test_a_point_leaves_after_the_steps_that_it_should(fractal: Any, c: complex, steps: int) -> None:
    times = fractal.escape_times(complex(c), 0.0, 1, LIMIT, torch.device("cpu"))
    assert times.tolist() == [[steps]]


def test_the_set_mirrors_at_the_real_axis(fractal: Any) -> None:
    times = fractal.escape_times(-0.75 + 0j, 2.5, 65, LIMIT, torch.device("cpu"))
    assert torch.equal(times, times.flip(0))
    assert not torch.equal(times, times.flip(1))


def test_shades_are_black_inside_and_brighter_the_longer_a_point_stays(fractal: Any) -> None:
    assert fractal.shades(torch.tensor([LIMIT]), LIMIT).tolist() == [0]
    outside = fractal.shades(torch.arange(LIMIT), LIMIT).tolist()
    assert outside == sorted(outside)
    assert outside[-1] > 250
