// What script.py does, by whatever "stripe" package of npm is installed beside it.

import { createRequire } from "node:module";
import process from "node:process";

const packages = createRequire(`${process.cwd()}/`)("stripe");
const Stripe = packages.Stripe ?? packages.default ?? packages;
const address = new URL(process.env.STRIPE_API_BASE);
const stripe = new Stripe(process.env.STRIPE_SECRET_KEY, {
  host: address.hostname,
  port: Number(address.port),
  protocol: "http",
});
const CARD = {
  email: "ada@example.com", cardNumber: "4242424242424242", cardExpiry: "12 / 34", cardCvc: "123",
  billingName: "Ada", billingCountry: "US", billingPostalCode: "94107",
};

function held(step, condition) {
  if (!condition) {
    console.error(`${step} does not hold`);
    process.exit(1);
  }
  console.log(step);
}

async function pay(url) {
  const answer = await fetch(`${url}/confirm`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(CARD),
  });
  return (await answer.json()).state;
}

const product = await stripe.products.create({ name: "Credits", images: ["http://127.0.0.1/a.png"] });
const price = await stripe.prices.create({ product: product.id, currency: "eur", unit_amount: 2000 });
held("product and price", (await stripe.prices.retrieve(price.id)).unit_amount === 2000);
held("prices listed", (await stripe.prices.list({ product: product.id }).autoPagingToArray({ limit: 9 })).length === 1);
const customer = await stripe.customers.create({ email: "ada@example.com", name: "Ada" });
held("customer", (await stripe.customers.retrieve(customer.id)).email === "ada@example.com");
const session = await stripe.checkout.sessions.create({
  mode: "payment", line_items: [{ price: price.id, quantity: 2 }], customer: customer.id, ui_mode: process.env.UI_MODE,
  success_url: "http://127.0.0.1:9/?session_id={CHECKOUT_SESSION_ID}", cancel_url: "http://127.0.0.1:9/",
  allow_promotion_codes: false, automatic_tax: { enabled: false }, billing_address_collection: "auto",
});
held("session", session.amount_total === 4000 && session.status === "open" && session.ui_mode === process.env.UI_MODE);
const lines = await stripe.checkout.sessions.listLineItems(session.id, { limit: 1 });
held("line items", lines.data[0].quantity === 2 && lines.data[0].price.id === price.id && !lines.has_more);
held("paid", (await pay(session.url)) === "paid");
const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent.latest_charge", "line_items"] });
held("expanded", paid.payment_status === "paid" && paid.payment_intent.latest_charge.paid);
const events = await stripe.events.list({ type: "checkout.session.*", limit: 1 });
held("event", events.data[0].data.object.id === session.id);
const refund = await stripe.refunds.create({ payment_intent: paid.payment_intent.id });
held("refund", refund.amount === 4000 && refund.status === "succeeded");
held("charge.refunded", (await stripe.events.list({ type: "charge.refunded", limit: 1 })).data[0].data.object.refunded);
const hook = await stripe.webhookEndpoints.create({ url: "http://127.0.0.1:9/hook", enabled_events: ["*"] });
held("webhook endpoint", hook.secret.startsWith("whsec_") && (await stripe.webhookEndpoints.del(hook.id)).deleted);
try {
  await stripe.checkout.sessions.create({ mode: "payment", line_items: [{ price: "price_x", quantity: 1 }], success_url: "http://a/" });
  held("unknown price", false);
} catch (error) {
  held("unknown price", error.statusCode === 400 && error.param === "line_items[0][price]");
}
