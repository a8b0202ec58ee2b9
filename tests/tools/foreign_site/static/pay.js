// The hosted payment page: built from the session, with fields at once, behind a Card choice, or in a nested frame.
const id = location.pathname.split("/").pop();
const framed = location.pathname.startsWith("/elements/");
const at = (path) => `/v1/sessions/${id}${path}`;
const COUNTRIES = { AU: "Australia", AT: "Austria", BR: "Brazil", CA: "Canada", FR: "France", DE: "Germany", IN: "India", IE: "Ireland", NL: "Netherlands", SG: "Singapore", ES: "Spain", CH: "Switzerland", GB: "United Kingdom", US: "United States", VN: "Vietnam" };
const WITH_POSTCODE = { US: "ZIP", GB: "Postal code", CA: "Postal code", IN: "Postal code" };
const CARD_FIELDS = ["cardNumber", "cardExpiry", "cardCvc"];
const digits = (text) => text.replace(/\D/g, "");

function html(markup) {
  const holder = document.createElement("template");
  holder.innerHTML = markup.trim();
  return holder.content.firstElementChild;
}
const put = (element, selector, text) => (element.querySelector(selector).textContent = text);
const byId = (name) => document.getElementById(name);

function summary(session) {
  const total = (session.amount / 100).toLocaleString("en-US", { style: "currency", currency: session.currency });
  const element = html(`<div class="Summary"><a data-testid="business-link"></a> <span class="Badge">Sandbox</span>
    <p data-testid="product-summary-name"></p><h1 data-testid="product-summary-total-amount"></h1></div>`);
  const back = element.querySelector("a");
  back.href = session.back;
  back.textContent = `Back to ${session.merchant}`;
  put(element, "p", session.name);
  put(element, "h1", total);
  return element;
}

const field = (label, name, more) => `<label class="Field">${label}<input id="${name}" name="${name}" ${more}></label>`;
function fields(session) {
  const card = field("Card number", "cardNumber", 'inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234" maxlength="19"')
    + field("Expiration", "cardExpiry", 'inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" maxlength="7"')
    + field("CVC", "cardCvc", 'inputmode="numeric" autocomplete="cc-csc" placeholder="CVC" maxlength="4"');
  const countries = Object.entries(COUNTRIES).map(([code, name]) => `<option value="${code}">${name}</option>`).join("");
  const element = html(`<div><fieldset id="cardNumber-fieldset" class="Field">${card}<div class="Errors"></div></fieldset>
    ${field("Cardholder name", "billingName", 'autocomplete="cc-name" placeholder="Full name on card"')}
    <label class="Field">Country or region<select id="billingCountry" name="billingCountry" autocomplete="country">${countries}</select></label>
    <label class="Field" data-post><span>ZIP</span><input id="billingPostalCode" name="billingPostalCode" autocomplete="postal-code"></label>
    <label class="Field"><input type="checkbox" id="enableStripePass" name="enableStripePass"> Save my information for faster checkout</label>
    ${field("Phone number", "phoneNumber", 'type="tel" autocomplete="tel"')}</div>`);
  const get = (name) => element.querySelector(`#${name}`);
  const country = get("billingCountry");
  const region = navigator.language.split("-")[1];
  country.value = region in COUNTRIES ? region : "US";
  const localise = () => {
    const label = WITH_POSTCODE[country.value];
    get("billingPostalCode").value = "";
    put(element, "[data-post] span", label ?? "");
    element.querySelector("[data-post]").classList.toggle("Hidden", !label);
  };
  country.onchange = localise;
  localise();
  get("enableStripePass").checked = session.saveBox;
  const phone = () => get("phoneNumber").parentElement.classList.toggle("Hidden", !get("enableStripePass").checked);
  get("enableStripePass").onchange = phone;
  phone();
  get("cardNumber").oninput = (e) => (e.target.value = digits(e.target.value).replace(/(\d{4})(?=\d)/g, "$1 "));
  get("cardExpiry").oninput = (e) => (e.target.value = digits(e.target.value).slice(0, 4).replace(/^(\d\d)(?=\d)/, "$1 / "));
  return element;
}

function luhn(number) {
  const sum = [...number].reverse().reduce((all, char, n) => all + (n % 2 ? Number("0246813579"[char]) : Number(char)), 0);
  return sum % 10 === 0;
}

/** Sentence about the card fields, or nothing. */
function cardProblem() {
  const number = digits(byId("cardNumber").value);
  const [month, year] = [Number(digits(byId("cardExpiry").value).slice(0, 2)), Number(digits(byId("cardExpiry").value).slice(2))];
  const now = new Date();
  if (number.length < 16) return "Your card number is incomplete.";
  if (!luhn(number)) return "Your card number is invalid.";
  if (digits(byId("cardExpiry").value).length < 4 || month < 1 || month > 12) return "Your card’s expiration date is incomplete.";
  if (2000 + year < now.getFullYear()) return "Your card’s expiration year is in the past.";
  if (2000 + year === now.getFullYear() && month <= now.getMonth()) return "Your card’s expiration date is in the past.";
  return digits(byId("cardCvc").value).length < 3 ? "Your card’s security code is incomplete." : "";
}

function requireAll() {
  document.querySelectorAll('[data-qa="EmptyFieldError"]').forEach((one) => one.remove());
  const needed = [...CARD_FIELDS, "billingName", "billingPostalCode"].map(byId);
  const empty = needed.filter((input) => !input.value.trim() && !input.closest(".Hidden"));
  for (const input of empty) input.after(html('<span class="FieldError" data-qa="EmptyFieldError" role="alert">Required</span>'));
  return empty.length === 0;
}

function tell(result) {
  document.querySelectorAll(".Errors > *, .ConfirmPayment-Error").forEach((one) => one.remove());
  if (!result.error) return;
  const card = result.at === "card";
  const place = card ? document.querySelector(".Errors") : document.querySelector(".SubmitButton");
  const message = html(`<div class="${card ? "FieldError" : "ConfirmPayment-Error"}"><span role="alert"></span></div>`);
  put(message, "span", result.error);
  card ? place.append(message) : place.before(message);
}

/** Show the bank's question over the page; gives what the buyer answered. */
function challenge(source) {
  const overlay = html(`<div class="Overlay"><iframe title="Authentication" src="${source}"></iframe></div>`);
  document.body.append(overlay);
  return new Promise((answered) => {
    const listen = (event) => {
      if (event.origin !== origin || typeof event.data.authenticated !== "boolean") return;
      removeEventListener("message", listen);
      overlay.remove();
      answered(event.data);
    };
    addEventListener("message", listen);
  });
}

const send = async (path, body) =>
  (await fetch(at(path), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).json();

function submitButton() {
  const button = html(`<button type="submit" data-testid="hosted-payment-submit-button" class="SubmitButton SubmitButton--incomplete">
    <span>Pay</span><span aria-hidden="true">Processing</span></button>`);
  button.state = (name) => (button.className = `SubmitButton SubmitButton--${name}`);
  return button;
}

function form(session) {
  const inside = fields(session);
  const button = submitButton();
  const element = html('<form novalidate autocomplete="on"></form>');
  const layout = framed ? "accordion" : session.layout;
  element.append(layout === "accordion" ? accordion(inside) : inside, button);
  element.oninput = () => button.state(cardProblem() ? "incomplete" : "complete");
  element.onsubmit = async (event) => {
    event.preventDefault();
    if (button.className.includes("processing") || !inside.isConnected) return;
    if (byId("enableStripePass").checked && !byId("phoneNumber").value) return;
    if (!requireAll()) return;
    if (cardProblem()) return tell({ error: cardProblem(), at: "card" });
    button.state("processing");
    await new Promise((done) => setTimeout(done, 400));
    let result = await send("/pay", { card: digits(byId("cardNumber").value) });
    if (result.challenge) result = await send("/challenge", await challenge(result.challenge));
    if (result.redirect) return top.location.assign(result.redirect);
    button.state("complete");
    tell(result);
  };
  return element;
}

function accordion(inside) {
  const element = html(`<div><div class="Item" data-testid="card-accordion-item"><div class="Cover"></div>
    <button type="button" class="Reach" data-testid="card-accordion-item-button" aria-label="Pay with card"></button>
    <label><input type="radio" name="method" id="payment-method-accordion-item-title-card"> Card</label></div>
    <div class="Item"><label><input type="radio" name="method"> Klarna</label></div></div>`);
  const item = element.firstElementChild;
  const [card, other] = element.querySelectorAll("input");
  const open = () => ((card.checked = true), item.append(inside), item.querySelector(".Cover").remove());
  item.addEventListener("click", () => inside.isConnected || open());
  other.onchange = () => (inside.remove(), item.prepend(html('<div class="Cover"></div>')));
  return element;
}

function done() {
  document.body.append(html(`<div class="App"><div><h1>You’re all done here</h1>
    <p>You’ve either completed your payment or this checkout session has timed out.</p></div></div>`));
}

async function show() {
  const session = await (await fetch(at(""))).json();
  if (session.status !== "open") return done();
  await new Promise((ready) => setTimeout(ready, 200));
  if (framed) return document.body.append(form(session));
  const payment = html('<div class="Payment"><button type="button" class="Wallet">Pay with Link</button></div>');
  const email = html(field("Email", "email", 'type="email" autocomplete="email"'));
  email.lastElementChild.value = session.email;
  const frame = html(`<iframe class="Frame" title="Secure payment input frame" src="/elements/${id}"></iframe>`);
  payment.append(email, session.layout === "iframe" ? frame : form(session));
  const app = html('<div class="App"></div>');
  app.append(summary(session), payment, html('<label class="Agent"><input type="checkbox"> I am an AI agent acting on behalf of someone else</label>'));
  document.body.append(app);
}
show();
