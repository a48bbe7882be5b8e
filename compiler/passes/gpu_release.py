"""What JAX and ONNX Runtime have in common: a release is one that the lines ask for, and suits the image's CUDA."""

from collections.abc import Callable

from ..ir.rows import CudaImage, GpuRelease
from ..ir.space import Ask, Domain, unique
from ..ir.why import Derived, Why

Fits = Callable[[GpuRelease, CudaImage], bool]


def asked_for(domain: Domain[GpuRelease], rule: str, asks: tuple[Ask, ...]) -> Domain[GpuRelease]:
    """Without the releases that a line does not accept."""
    return domain.cut(rule, lambda row: next((ask.why for ask in asks if not ask.accepts(row.release)), None))


def suited(
    releases: Domain[GpuRelease], images: Domain[CudaImage], rule: str, fits: Fits
) -> tuple[Domain[GpuRelease], Domain[CudaImage]]:
    """Without the releases that no image suits, and the images that suit no release."""

    def refuse_release(row: GpuRelease) -> Why | None:
        return None if any(fits(row, image) for image in images.candidates) else _why_not_release(row, images)

    left = releases.cut(rule, refuse_release)

    def refuse_image(image: CudaImage) -> Why | None:
        none_left = not left.candidates or any(fits(row, image) for row in left.candidates)
        return None if none_left else _why_not_image(left)

    return left, images.cut(rule, refuse_image)


def needs(row: GpuRelease) -> str:
    return f"{row.package} {row.release} is built for CUDA {row.cuda_major} with cuDNN {row.cudnn_major}"


def _why_not_release(row: GpuRelease, images: Domain[CudaImage]) -> Why:
    fact = row.place.fact(needs(row))
    causes = images.reasons(lambda image: image.cuda.startswith(f"{row.cuda_major}.")) or images.reasons(lambda _: True)
    return Derived(fact.text, unique((fact, *causes)))


def _why_not_image(left: Domain[GpuRelease]) -> Why:
    example = left.candidates[-1]
    reasons = left.reasons(lambda row: row.cuda_major != example.cuda_major)
    return Derived(
        f"no {example.package} that is still possible suits it", unique((example.place.fact(needs(example)), *reasons))
    )
