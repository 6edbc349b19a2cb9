"""What the tests of all pages share: Streamlit looks through the installed packages once."""

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(scope="session", autouse=True)
def packages():
    """Packages that bring components; each AppTest looks for them, which takes 0.2 s."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: [*found])
        yield
