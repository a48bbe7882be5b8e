from typing import List, Optional

from cog import BasePredictor, Input, Path


class Predictor(BasePredictor):
    def predict(
        self,
        prompt: str = Input(description="Input prompt", default="An astronaut riding a rainbow unicorn"),
        negative_prompt: str = Input(description="What not to draw", default=""),
        image: Path = Input(description="Input image for img2img or inpaint mode", default=None),
        mask: Optional[Path] = Input(description="Black is kept, white is painted over", default=None),
        width: int = Input(description="Width of output image", default=1024, ge=64, le=2048),
        height: int = Input(description="Height of output image", default=1024, ge=64, le=2048),
        num_outputs: int = Input(description="Number of images to output", ge=1, le=4, default=1),
        scheduler: str = Input(choices=["DDIM", "KarrasDPM", "K_EULER"], default="K_EULER"),
        num_inference_steps: int = Input(ge=1, le=500, default=50),
        guidance_scale: float = Input(ge=1, le=50, default=7.5),
        prompt_strength: float = Input(ge=0.0, le=1.0, default=0.8),
        seed: int = Input(description="Leave blank to randomize the seed", default=None),
        refine: str = Input(choices=["no_refiner", "expert_ensemble_refiner"], default="no_refiner"),
        apply_watermark: bool = Input(default=True),
        lora_scale: float = Input(ge=0.0, le=1.0, default=0.6),
    ) -> List[Path]:
        return []
