import pytest
from django.utils import translation


@pytest.fixture
def in_english():
    """Read messages as the code writes them."""
    with translation.override("en"):
        yield
