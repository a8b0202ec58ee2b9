"""The Diaflow-like site: sign-in, Workspace Settings, Billing, workflows and users, and the money rules behind them."""

from fake_backend.site.app import create_app
from fake_backend.site.config import LiveKeyError, SiteConfig
from fake_backend.site.hooks import Hooks, UnknownFaultError
from fake_backend.site.repository import UnknownWorkspaceError
from fake_backend.site.schema import SCHEMA
from fake_backend.site.seeding import MemberSeed, Seed, Seeded, SeededMember, SeedError
from fake_backend.site.service import Clock, Site

__all__ = [
    "SCHEMA",
    "Clock",
    "Hooks",
    "LiveKeyError",
    "MemberSeed",
    "Seed",
    "SeedError",
    "Seeded",
    "SeededMember",
    "Site",
    "SiteConfig",
    "UnknownFaultError",
    "UnknownWorkspaceError",
    "create_app",
]
