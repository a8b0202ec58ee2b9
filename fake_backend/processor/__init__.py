"""The payment processor: a merchant's API, a hosted payment page, signed webhooks.

It follows Stripe's published Checkout as far as a merchant of one-time payments needs it.
"""

from fake_backend.processor.app import create_app
from fake_backend.processor.config import ProcessorConfig
from fake_backend.processor.schema import SCHEMA
from fake_backend.processor.service import Processor

__all__ = ["SCHEMA", "Processor", "ProcessorConfig", "create_app"]
