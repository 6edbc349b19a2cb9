"""What all tests share: how long hypothesis looks for the week nobody thought of."""

from hypothesis import settings

settings.register_profile("usual", max_examples=60, deadline=None)
settings.register_profile("long", max_examples=2000, deadline=None)  # --hypothesis-profile=long
settings.load_profile("usual")
