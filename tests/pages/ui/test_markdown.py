"""What somebody typed is shown as it is, and nothing of it becomes a link."""

import pytest

from pages.ui import markdown

ADDRESS = markdown.re.compile(r"[-.\w+]\\?@")  # what markdown takes for an address, after escapes


@pytest.mark.parametrize("text", ["maya@home.example", "a.b+c@d.e", "mail x@y.zz now"])
def test_an_address_becomes_no_link(text):
    assert not ADDRESS.search(markdown.plain(text))
    assert text == markdown.plain(text).replace(markdown.WORD_JOINER, "").replace("\\", "")
