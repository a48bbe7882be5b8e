"""Codes of picking versions that go together."""

from ..diagnostic import Code

VERSION_UNKNOWN = Code(
    "version-unknown",
    "error",
    "No known release of the package satisfies the requirement, so the installer would find nothing, minutes into the "
    "build. A release newer than all known ones is taken on trust; one below them that is not known does not exist in "
    "the official indexes. Correct the version, or name the index that has it with --extra-index-url.",
)
COMPANIONS_DISAGREE = Code(
    "companions-disagree",
    "error",
    "torch, torchvision and torchaudio are built as a set: each release of one works with certain releases of the "
    "others only. The lines ask for releases of different sets. Pin one of them and leave the others without a "
    "version: they are then taken from its set.",
)
ACCELERATOR_MISMATCH = Code(
    "accelerator-mismatch",
    "error",
    "A local version part such as `+cpu` or `+cu121` asks for another kind of build than `build.gpu` does. "
    "Drop the local part, which is added as needed, or change `build.gpu`.",
)
WHEELS_MISSING = Code(
    "wheels-missing",
    "error",
    "A framework is installed from wheels, which are made for certain Python versions, and no release that is asked "
    "for has wheels for a Python that is asked for. Change one of the two; without `build.python_version` a Python "
    "is chosen that suits.",
)
WHEEL_PLATFORM = Code(
    "wheel-platform",
    "error",
    "A wheel is made for certain systems and processors, as its name says, and this one is for others than the image "
    "is: Linux with glibc, on x86-64 or, with `--platform linux/arm64`, on arm64. Use the wheel for the image's "
    "platform, or name the package and its version, so that the installer finds the right one.",
)
PLATFORM_WITHOUT_WHEELS = Code(
    "platform-without-wheels",
    "error",
    "No release of the framework that is asked for has wheels for the image's platform: for arm64 they came later than "
    "for x86-64, and for CUDA later still, or not at all. Ask for a newer release, or build for linux/amd64.",
)
CUDA_WITHOUT_IMAGE = Code(
    "cuda-without-image",
    "error",
    "There is no `nvidia/cuda` image with the CUDA version, or with this CUDA together with this cuDNN. "
    "Choose a version that has one, or leave `build.cudnn` out to get the one that goes with the CUDA.",
)
CUDA_WITHOUT_BUILD = Code(
    "cuda-without-build",
    "error",
    "Each release of a framework is built for certain CUDA versions. The release that is asked for has no build for a "
    "CUDA version that is possible here. Choose one of its CUDA versions, or leave `build.cuda` out.",
)
CUDA_DIFFERS_FROM_TENSORFLOW = Code(
    "cuda-differs-from-tensorflow",
    "error",
    "TensorFlow loads the CUDA and cuDNN libraries of the image, and needs the major versions that it was built with. "
    "Leave `build.cuda` and `build.cudnn` out, or choose another release of TensorFlow.",
)
FRAMEWORKS_DISAGREE = Code(
    "frameworks-disagree",
    "error",
    "Frameworks share one Python and one CUDA in the image, and the releases that are asked for have none in common. "
    "Loosen the version of one of them.",
)
CUDNN_WITHOUT_IMAGE = Code(
    "cudnn-without-image",
    "error",
    "`build.cudnn` chooses the cuDNN of the base image, and with `cuda_image: base` or `none` the image has no cuDNN: "
    "the packages bring their own. Remove one of the two keys.",
)
CUDA_LIBRARIES_MISSING = Code(
    "cuda-libraries-missing",
    "error",
    "With `cuda_image: base` or `none` the image has no CUDA libraries, so each GPU package has to bring its own as "
    "wheels, and one that is asked for does not. Take a release that does, or a `cuda_image` with the libraries: "
    "`runtime` or `devel`.",
)
GPU_ARCHITECTURE_WITHOUT_BUILD = Code(
    "gpu-architecture-without-build",
    "error",
    "`build.gpu_architectures` asks for kernels that no build that is possible here has: a GPU needs a CUDA that is "
    "new enough for it, and not so new that it has dropped it. Loosen a version, or ask for fewer architectures.",
)
GPU_ARCHITECTURE_UNKNOWN = Code(
    "gpu-architecture-unknown",
    "note",
    "The database does not know which builds have kernels for a GPU architecture, or which kernels a package has, so "
    "nothing was ruled out for it. `cogc db show gpu_floors` prints what is known. Test on such a GPU.",
)
CUDA_OF_BASE = Code(
    "cuda-of-base",
    "warning",
    "`build.base_image` is an image of your own, whose name tells no CUDA version, and `build.cuda` is not set. The "
    "packages are picked for the CUDA that suits them best. Most bring its libraries as wheels and need only the "
    "driver; one that looks for them in the image may not find that version. Set `build.cuda` to what the image has.",
)
CUDA_UNGUIDED = Code(
    "cuda-unguided",
    "warning",
    "A package that runs on the GPU is built for a CUDA version that cannot be told from its line, such as a source "
    "tree, a nightly build or a release older than those that are known. The CUDA that is taken where nothing needs a "
    "certain one may not suit it. Set `build.cuda`, and `build.cudnn` if need be.",
)
PYDANTIC_UNSUPPORTED = Code(
    "pydantic-unsupported",
    "error",
    "The `cog` package in the model's environment works with pydantic from 1.9 up to, not including, 3. The "
    "requirement allows no such version. The server has its own pydantic, so any version in that range will do.",
)
VERSION_ASSUMED = Code(
    "version-assumed",
    "note",
    "The compatibility database has no row for what is asked for. What goes with it was taken from the nearest release "
    "that is known; `cogc explain` shows what was assumed. Build and test before relying on it.",
)
CUDA_UNPROVEN = Code(
    "cuda-unproven",
    "warning",
    "The CUDA version is another minor than the one that TensorFlow was built with. CUDA promises compatibility within "
    "a major version, but TensorFlow does not test this pair.",
)
