"""The repository that holds a model's image and its weights."""

from ..ir.codes.weights import MODEL_AND_IMAGE, MODEL_NAME
from ..ir.diagnostic import Label, Report
from ..ir.document import Mapping
from ..ir.spec import Stated
from .grammar import fault

_LONGEST = 255  # of host and path together, by the distribution's reference package


def model(root: Mapping, report: Report) -> Stated[str] | None:
    scalar = root.scalar("model")
    if scalar is None:
        return None
    text = scalar.text.strip()
    if problem := _problem(text):
        message, advice = problem
        report.add(MODEL_NAME.at(scalar.span, message, help=advice))
    if image := root.scalar("image"):
        also = [Label(image.span, "the other name")]
        message = "`model` and `image` both say where the image goes"
        report.add(MODEL_AND_IMAGE.at(scalar.span, message, help="keep one of them", also=also))
    return Stated(text, scalar.span)


def _problem(text: str) -> tuple[str, str] | None:
    if fault("image", text) is not None or len(text) > _LONGEST:
        near = text.lower().rpartition("://")[2]
        advice = f"write `{near}`" if near and fault("image", near) is None else "write a name such as `team/my-model`"
        return f"`{text}` is not the name of a repository", advice
    repository = text.partition("@")[0]
    if ":" in repository.rpartition("/")[2]:
        repository = repository.rpartition(":")[0]
    if repository != text:
        return f"`{text}` has a tag or a digest, which every push makes anew", f"write `{repository}`"
    return None
