"""Settings of the property tests of this folder."""

from hypothesis import settings

# A busy machine is no defect of a pure function.
settings.register_profile("scoring", deadline=None)
settings.load_profile("scoring")
