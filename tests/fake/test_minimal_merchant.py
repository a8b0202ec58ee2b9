"""A merchant that knows nothing of the fake sells through it: in a browser, with a webhook."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import stripe
import urllib3
from playwright.sync_api import Page, expect

from fake_backend.processor_alone import ProcessorAlone

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shop() -> Iterator[str]:
    """Serve the merchant, pointed at a processor of its own, and return its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    processor = ProcessorAlone(webhook=f"{url}/webhook")
    processor.start()
    client = stripe.StripeClient(processor.processor_key, base_addresses={"api": processor.processor_url})
    product = client.v1.products.create(
        {"name": "T-shirt", "default_price_data": {"currency": "eur", "unit_amount": 2_000}}
    )
    environment = os.environ | {
        "STRIPE_SECRET_KEY": processor.processor_key,
        "STRIPE_WEBHOOK_SECRET": processor.webhook_secret,
        "STRIPE_API_BASE": processor.processor_url,
        "PRICE_ID": str(product.default_price),
    }
    command = [sys.executable, "-m", "flask", "--app", "tests/tools/minimal_merchant.py", "run", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as served:
        try:
            _wait_for(url)
            yield url
        finally:
            served.kill()
    processor.stop()


def _wait_for(url: str, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib3.request("GET", url, retries=False)
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{url} does not answer.")


def test_a_minimal_merchant_sells_and_is_told_so(shop: str, page: Page) -> None:
    page.goto(shop)
    page.get_by_role("button", name="Checkout").click()
    expect(page.get_by_test_id("product-summary-name")).to_have_text("T-shirt")
    expect(page.get_by_test_id("product-summary-total-amount")).to_have_text("€20.00")
    for name, value in {
        "email": "ada@example.com",
        "cardNumber": "4242424242424242",
        "cardExpiry": "12 / 34",
        "cardCvc": "123",
        "billingName": "Ada Lovelace",
        "billingPostalCode": "94107",
    }.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_test_id("hosted-payment-submit-button").click()
    page.wait_for_url(f"{shop}/success?session_id=cs_test_*")
    expect(page.get_by_text("Thank you!")).to_be_visible()
