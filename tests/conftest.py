"""For all tests: how fast a machine is decides about none of them."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("plenary", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("plenary")
