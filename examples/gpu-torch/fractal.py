"""The Mandelbrot set, every point at once."""

from __future__ import annotations

import torch
from torch import Tensor


def escape_times(centre: complex, span: float, size: int, limit: int, device: torch.device) -> Tensor:
    """(size, size): the steps for which z -> z * z + c stays within radius 2, `limit` where it never leaves"""
    c = plane(centre, span, size, device)
    z = torch.zeros_like(c)
    times = torch.zeros(c.shape, dtype=torch.int64, device=device)
    for _ in range(limit):
        z = z * z + c
        times += z.abs() <= 2  # once outside it grows until it overflows, and neither inf nor nan is within
    return times


def plane(centre: complex, span: float, size: int, device: torch.device) -> Tensor:
    """(size, size): complex numbers on a square of width `span`, the imaginary part growing upwards"""
    steps = torch.linspace(-span / 2, span / 2, size, dtype=torch.float64, device=device)
    real, imaginary = torch.meshgrid(centre.real + steps, centre.imag - steps, indexing="xy")
    return torch.complex(real, imaginary)


def shades(times: Tensor, limit: int) -> Tensor:
    """Grey levels 0 to 255, logarithmic: points that never leave are black, the sooner one leaves the darker it is"""
    brightness = torch.log1p(times.double()) / torch.log1p(torch.tensor(limit, dtype=torch.float64))
    return (255 * brightness.masked_fill(times == limit, 0)).to(torch.uint8)
