"""Codes of the predictor's signature, read from source."""

from ..diagnostic import Code

# The way from cog.yaml to the function.

TARGET_FILE_MISSING = Code(
    "predictor-file-missing",
    "error",
    "The reference in cog.yaml names a file that the project does not have. Paths start at the folder of cog.yaml; "
    "a file outside of it is not part of the image.",
)
TARGET_MISSING = Code(
    "predictor-missing",
    "error",
    "The file that the reference names has no such class or function at its top level.",
)
TARGET_NOT_CALLABLE = Code(
    "predictor-not-callable",
    "error",
    "The reference names something that is neither a class nor a function of the project: a value, a module, or "
    "something imported from a package. Its source must be in the project, because the interface is read from it.",
)
METHOD_MISSING = Code(
    "predict-method-missing",
    "error",
    "The class has no method that the server could call: `run` or `predict` for predictions, `train` for training. "
    "Methods of base classes count when the base is a class of the project.",
)
METHOD_CONFLICT = Code(
    "predict-method-conflict",
    "error",
    "One class defines both `run` and `predict`. They are two names of the same thing, so which one serves is unclear.",
)
METHOD_WITHOUT_SELF = Code(
    "method-without-self",
    "error",
    "A method is called on an instance, which is passed as its first parameter. A method without parameters fails on "
    "the first prediction.",
)

# Python source.

PYTHON_SYNTAX = Code(
    "python-syntax",
    "error",
    "A Python file of the project cannot be parsed, so the model could not be imported either. The parser is that of "
    "the Python that runs the compiler: syntax that is newer needs a newer one.",
)
NAME_UNDEFINED = Code(
    "name-undefined",
    "error",
    "A name in the signature is neither defined nor imported in its file. The model would stop with a NameError.",
)
NAME_CHANGES = Code(
    "name-changes",
    "error",
    "A name in the signature is bound more than once, in a loop, or changed in place, so its value depends on which "
    "statements run. The interface is read without running them.",
)
IMPORT_OUTSIDE = Code(
    "import-outside",
    "error",
    "A relative import climbs above the folder of cog.yaml. Files out there are not part of the image.",
)
TOO_DEEP = Code(
    "signature-too-deep",
    "error",
    "An alias of a type or a value refers to itself, directly or through others, or is nested far deeper than any "
    "request. The interface cannot be written down without an end.",
)

# Parameters and the return type.

PARAMETER_UNTYPED = Code(
    "parameter-untyped",
    "error",
    "Every input has a type: requests are validated by it, and the form that users see is made from it.",
)
PARAMETER_VARIADIC = Code(
    "parameter-variadic",
    "error",
    "Inputs come by name, so `*args` would always be empty. `**kwargs` is allowed and takes unknown names.",
)
PARAMETER_SELF_MISSING = Code(
    "parameter-self-missing",
    "warning",
    "The first parameter of a method of a class has a type, as inputs have, and is not called `self`. Python hands the "
    "model itself to it, so that no request can set it, and the code finds there what it does not expect.",
)
PARAMETER_POSITIONAL_ONLY = Code(
    "parameter-positional-only",
    "error",
    "Inputs are passed by name. A parameter before `/` refuses that, so every prediction would fail.",
)
RETURN_UNTYPED = Code(
    "return-untyped",
    "error",
    "The function says with `-> type` what it returns. The schema is made from it, and streams are told from values.",
)

# Types.

ANNOTATION_SYNTAX = Code(
    "annotation-syntax",
    "error",
    "A quoted annotation holds text that is not a Python expression, so no type can be read from it.",
)
TYPE_UNSUPPORTED = Code(
    "type-unsupported",
    "error",
    "The annotation is not a type that can travel as JSON. Inputs are str, int, float, bool, cog.Path, cog.File, "
    "cog.Secret, date, datetime, Any, dict, TypedDict, Literal, Enum, and lists and unions of them; outputs also "
    "classes derived from BaseModel, data classes and iterators.",
)
TYPE_EXTERNAL = Code(
    "type-external",
    "error",
    "The type comes from a package outside the project. Packages are not imported at compile time, so nothing is known "
    "about its fields. `Annotated[T, cog.Opaque]` passes such a value through without a schema.",
)
TYPE_NOT_AN_INPUT = Code(
    "type-not-an-input",
    "error",
    "Iterators and None make sense as outputs only: a request carries all of its values at once, as JSON.",
)
RECORD_AS_INPUT = Code(
    "record-as-input",
    "error",
    "Classes such as a BaseModel or a data class describe outputs. An input is handed over as the plain JSON that came "
    "in; a TypedDict gives such an object its shape.",
)
UNION_UNSUPPORTED = Code(
    "union-unsupported",
    "error",
    "A union that holds a secret or an iterator beside other types. Which values are hidden must not depend on them, "
    "and an output is either a stream or none. `Optional` of a secret is fine.",
)
ENUM_INVALID = Code(
    "enum-invalid",
    "error",
    "The values of a Literal or Enum are all text or all integers, and written out: they become the choices that users "
    "see.",
)
CONCATENATE_NOT_TEXT = Code(
    "concatenate-not-text",
    "error",
    "ConcatenateIterator says that the pieces of the output belong together as one text. Pieces of another type "
    "cannot be joined.",
)
ITERATOR_NESTED = Code(
    "iterator-nested",
    "error",
    "An iterator streams the output piece by piece. Inside a list, a dict, a field or another iterator nothing "
    "could consume it.",
)
INPUT_IN_ANNOTATED = Code(
    "input-in-annotated",
    "error",
    "`Input()` stands where the default value of a parameter does. Inside `Annotated` nobody would read it, and the "
    "description and limits would be lost.",
)

# Input().

ARGUMENT_UNKNOWN = Code(
    "input-argument-unknown",
    "error",
    "`Input()` has no such argument. The model would stop with a TypeError when it is imported.",
)
ARGUMENT_INVALID = Code(
    "input-argument-invalid",
    "error",
    "An argument of `Input()` has a value of the wrong kind: a bound that is no number, a pattern that is no regular "
    "expression, choices that are empty or of mixed types.",
)
ARGUMENT_NOT_STATIC = Code(
    "input-argument-not-static",
    "error",
    "An argument of `Input()` is computed by code. The schema is made without running it, and must be the same on "
    "every machine.",
)
DEFAULT_FACTORY = Code(
    "default-factory",
    "error",
    "`default_factory` belongs to pydantic's fields. An input's default is part of the schema that users see, so it is "
    "a value.",
)
DEFAULT_NOT_STATIC = Code(
    "default-not-static",
    "error",
    "The default of an input is computed by code: a call, a comprehension, the environment. The schema shows the "
    "default, and is made without running the model.",
)
DEFAULT_WRONG_TYPE = Code(
    "default-wrong-type",
    "error",
    "The default of an input is not of the type that its annotation states, so a request that leaves the input out "
    "would give the model a value that no request could send.",
)
DEFAULT_NOT_ALLOWED = Code(
    "default-not-allowed",
    "error",
    "The default of an input breaks a constraint of the same input: it is not among the choices, or out of bounds.",
)
CHOICES_NOT_STATIC = Code(
    "choices-not-static",
    "error",
    "The choices of an input are computed by code. Lists, constants of a module, keys and values of a dict, and "
    "concatenations of them can be read without running it; calls and comprehensions cannot.",
)
CHOICES_INVALID = Code(
    "choices-invalid",
    "error",
    "The choices are not of the type that the input has, so none of them could ever be given.",
)
CONSTRAINT_MISPLACED = Code(
    "constraint-misplaced",
    "error",
    "A constraint stands on a type that it says nothing about: `ge` and `le` bound numbers, `min_length`, `max_length` "
    "and `regex` bound text, `choices` lists text or integers. None of them goes with a union.",
)
ACCEPT_MISPLACED = Code(
    "accept-misplaced",
    "error",
    "`accept` lists the kinds of files that an input takes, so it goes with cog.Path and cog.File only.",
)
BOUNDS_CONTRADICT = Code(
    "bounds-contradict",
    "error",
    "The lower bound is above the upper one, so no value is allowed.",
)

# Decorators.

STREAMING_WITHOUT_ITERATOR = Code(
    "streaming-without-iterator",
    "error",
    "`@streaming` lets clients receive the output piece by piece. A function that returns one value has no pieces.",
)
CONCURRENT_INVALID = Code(
    "concurrent-invalid",
    "error",
    "`@concurrent(max=N)` states by name how many predictions may run at a time: a whole number, 1 or more.",
)
CONCURRENT_NOT_ASYNC = Code(
    "concurrent-not-async",
    "error",
    "Several predictions at a time share one event loop, so the function must be `async def`.",
)
