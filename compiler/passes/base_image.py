"""The base image, its CUDA and its cuDNN: what was chosen, and why."""

from ..ir.plan import Decision
from ..ir.rows import CudaImage, GpuRelease, TensorFlow, TorchBuild, minor
from ..ir.space import Space, unique
from ..ir.why import Default, Derived, Fact, Why, Written
from . import choose
from .gpu_release import needs

_FLAVOURS = Default("the base and runtime images are taken to be tagged as the devel ones, which the database lists")


def base_image(space: Space, python: Decision[str]) -> Decision[str]:
    if (stated := space.spec.base_image) is not None:
        return Decision(stated.value, Written(stated.span, "the image that is stated"))
    flavour = space.spec.cuda_image
    if space.image is None:
        return Decision(_slim(python), Derived("the official image of this Python", (python.why,)))
    image = space.image.candidates[0]
    fact = image.place.fact(f"{image} has CUDA {image.cuda} and cuDNN {image.cudnn}")
    if flavour is None or flavour.value == "devel":
        text = "the highest patch of this CUDA with this cuDNN, on the highest Ubuntu"
        return Decision(str(image), Derived(text, (cuda(space).why, fact)))
    wanted = Written(flavour.span, f"an image of the kind `{flavour.value}` is asked for")
    if flavour.value == "none":
        text = "the official image of this Python: the packages bring their CUDA as wheels"
        return Decision(_slim(python), Derived(text, (wanted, *_in_wheels(space), python.why)))
    text = f"the {flavour.value} image of the highest patch of this CUDA, on the highest Ubuntu"
    premises = (wanted, cuda(space).why, fact, *_in_wheels(space), _FLAVOURS)
    return Decision(image.flavoured(flavour.value), Derived(text, premises))


def _slim(python: Decision[str]) -> str:
    return f"python:{python.value}-slim"


def _in_wheels(space: Space) -> tuple[Fact, ...]:
    """What is known of the libraries that the packages bring, where the image has none."""
    if not space.spec.cuda_in_wheels:
        return ()
    chosen = (domain.candidates[0] for domain in space.domains)
    return tuple(fact for row in chosen if (fact := _brought(row)) is not None)


def _brought(row: object) -> Fact | None:
    match row:
        case TorchBuild(wheel=wheel) if wheel is not None:
            brought = f"the default wheel of torch {wheel.release} brings CUDA {wheel.cuda} and cuDNN {wheel.cudnn}"
            return wheel.place.fact(brought)
        case TensorFlow():
            return row.place.fact(f"tensorflow {row.release} has the extra {row.extra} for CUDA")
        case GpuRelease():
            return row.place.fact(f"{row.package} {row.release} has the extra {','.join(row.extras)} for CUDA")
    return None


def cuda(space: Space) -> Decision[str]:
    assert space.image is not None
    stated = space.spec.cuda
    if stated is not None:
        told = space.spec.base_image is not None and stated.span == space.spec.base_image.span
        text = "the version that the image's name tells" if told else "the version that is stated"
        return Decision(stated.value, Written(stated.span, text))
    image = space.image.candidates[0]
    return Decision(minor(image.cuda), _why_cuda(space, image))


def _why_cuda(space: Space, image: CudaImage) -> Why:
    there = image.place.fact(f"{image} has CUDA {image.cuda}")
    if space.gpu_tensorflow is not None:
        row = space.gpu_tensorflow.candidates[0]
        fact = row.place.fact(f"tensorflow {row.release} is built with CUDA {row.cuda} and cuDNN {row.cudnn}")
        text = (
            "the CUDA that TensorFlow's wheels bring" if row.brings_cuda else "TensorFlow finds its CUDA in the image"
        )
        return Derived(text, (fact, there))
    if space.torch is not None:
        build = space.torch.candidates[0]
        fact = build.place.fact(f"torch {build.release} has a build for CUDA {build.cuda}")
        return Derived("the highest CUDA that torch is built for and an image has", (fact, there))
    others = tuple(domain.candidates[0] for domain in (space.jax, space.onnxruntime) if domain is not None)
    if others:
        facts = tuple(row.place.fact(needs(row)) for row in others)
        return Derived("the highest CUDA of the major version that suits", (*facts, there))
    if minor(image.cuda) != choose.DEFAULT_CUDA:
        cuts = space.image.cuts if space.image else ()
        causes = unique(cut.why for cut in cuts if cut.rule != choose.RULE)
        return Derived("the highest CUDA of the images that are left", (there, *causes))
    return Default(f"CUDA {choose.DEFAULT_CUDA} is taken when no package needs a certain CUDA; set build.cuda")


def cudnn(space: Space) -> Decision[str]:
    assert space.image is not None
    image = space.image.candidates[0]
    stated = space.spec.cudnn
    if stated is not None:
        return Decision(image.cudnn, Written(stated.span, "the version that is stated"))
    there = image.place.fact(f"{image} has cuDNN {image.cudnn}")
    if space.gpu_tensorflow is None:
        return Decision(image.cudnn, Derived("the highest cuDNN of the images with this CUDA", (there,)))
    row = space.gpu_tensorflow.candidates[0]
    fact = row.place.fact(f"tensorflow {row.release} is built with cuDNN {row.cudnn}")
    text = "the wheels bring the cuDNN that TensorFlow needs" if row.brings_cuda else "the cuDNN that TensorFlow needs"
    return Decision(image.cudnn, Derived(text, (fact, there)))
