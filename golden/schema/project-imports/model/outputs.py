from cog import BaseModel


class Output(BaseModel):
    url: str
    size: int
