"""What the wheel needs beyond files: its dependencies from requirements.in, and compiled French."""

import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from creasol.foundation.catalogues import compile_catalogues  # noqa: E402


class Dependencies(MetadataHookInterface):
    def update(self, metadata: dict) -> None:
        """Read the dependencies where the locks are made from."""
        lines = (ROOT / "requirements.in").read_text().splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]


class Catalogues(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        """Compile the catalogues: the wheel holds what Django reads, not what people write."""
        compile_catalogues(ROOT / "src" / "creasol")
