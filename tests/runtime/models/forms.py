"""Says what it was given in a form."""

from typing import Any, Dict, List, Optional, Union

from cog import BasePredictor, File, Input, Path, Secret


class Form(BasePredictor):
    def predict(
        self,
        text: str = "",
        number: int = 0,
        real: Optional[float] = None,
        truth: bool = False,
        choice: int = Input(default=1, choices=[1, 2]),
        texts: List[str] = [],
        numbers: List[int] = [],
        mapping: Dict[str, Any] = {},
        either: Union[int, str] = 0,
        token: Optional[Secret] = None,
        file: Optional[File] = None,
        path: Optional[Path] = None,
        paths: List[Path] = [],
    ) -> Any:
        given = {name: value for name, value in locals().items() if name not in ("self", "file", "path", "paths")}
        files = {
            "file": file and file.read().decode(),
            "path": path and [path.suffix, path.read_text()],
            "paths": [each.read_text() for each in paths],
        }
        return {**given, **files, "token": token and token.get_secret_value()}
