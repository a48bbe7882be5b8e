"""Steps of a recipe on which all later ones stand: the time of their files, and whom they trust."""

from dataclasses import dataclass

from .reads import OwnFile, Read

CERTIFICATES = "certificates.crt"


@dataclass(frozen=True, slots=True)
class FixTimes:
    """All files that later steps make are as old as this, in seconds since 1970, and so is the image itself."""

    seconds: int

    @property
    def reads(self) -> tuple[Read, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class TrustCertificates:
    """Certificate authorities, as PEM text, that all later steps and the model trust beside the usual ones."""

    text: str

    @property
    def reads(self) -> tuple[Read, ...]:
        return (OwnFile(CERTIFICATES),)
