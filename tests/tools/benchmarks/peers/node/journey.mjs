// What all peers in JavaScript share: the fake, and what a buyer does and sees. The same as in bare.py.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect } from "@playwright/test";

export const FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--deny-permission-prompts",
];
export const launchOptions = { executablePath: process.env.ACCEPTANCE_BROWSER, args: FLAGS };

export class Fake {
  constructor() {
    const options = { cwd: process.env.BENCH_ROOT, stdio: ["pipe", "pipe", "inherit"] };
    this.process = spawn(process.env.BENCH_PYTHON, ["-m", "fake_backend", "--json"], options);
    this.ended = once(this.process, "exit");
  }

  async ready() {
    const [line] = await once(createInterface(this.process.stdout), "line");
    this.told = JSON.parse(line);
    return this;
  }

  async post(path, body) {
    const headers = { Authorization: `Bearer ${this.told.control_token}`, "Content-Type": "application/json" };
    const answer = await fetch(this.told.control_url + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
    return answer.json();
  }

  async stop() {
    this.process.stdin.end();
    await this.ended;
  }
}

export const amount = (text) => Number((text ?? "").replaceAll(",", ""));

// A member of a new workspace, in front of Billing, and all that happens until it has been looked at four times.
export class Buyer {
  constructor(browser, fake, number) {
    Object.assign(this, { browser, fake, number, landings: [] });
  }

  async open(state) {
    const viewport = { width: 1280, height: 900 };
    const context = await this.browser.newContext({ storageState: state, viewport, locale: "en-US", timezoneId: "UTC" });
    this.page = await context.newPage();
    await this.page.goto(this.billing);
  }

  async openBilling() {
    this.email = `buyer.${this.number}@example.com`;
    const member = { name: "Ada Lovelace", email: this.email, password: `correct horse ${this.number}` };
    this.workspace = await this.fake.post("/workspaces", { name: `Analytical Engines ${this.number}`, members: [member] });
    this.billing = this.fake.told.site_url + "/settings/billing";
    await this.open(this.workspace.storage_state);
    this.before = await this.shown();
  }

  async shown() {
    const section = this.page.locator("#section-current-plan");
    const rows = section.getByRole("rowheader");
    const cells = (name) => rows.filter({ hasText: name }).locator("xpath=..").getByRole("cell");
    return {
      plan: await section.locator(".plan-name").innerText(),
      monthly: await cells("Monthly credits").nth(0).innerText(),
      used: await cells("Monthly credits").nth(1).innerText(),
      addOn: amount(await cells("Add-on credits").nth(0).innerText()),
      total: amount(await section.getByRole("progressbar").getAttribute("aria-valuemax")),
    };
  }

  async buy(credits) {
    const { page } = this;
    await page.getByRole("button", { name: "Add credits" }).click();
    const offer = page.getByRole("dialog").getByRole("button", { name: new RegExp(`^${credits} credits\\b`) });
    const price = await offer.locator(".package-price").innerText();
    await offer.click();
    await expect(page.getByTestId("product-summary-total-amount")).toHaveText(price);
    await expect(page.getByTestId("product-summary-name")).toContainText(`${credits} credits`);
    page.on("request", (one) => one.url().includes("/billing/return") && this.landings.push(one.url()));
    if (await page.locator("#email").isEditable()) await page.locator("#email").fill(this.email);
    await page.locator("#cardNumber").fill("4242424242424242");
    await page.locator("#cardExpiry").fill("12 / 34");
    await page.locator("#cardCvc").fill("123");
    await page.locator("#billingName").fill("Test Buyer");
    await page.locator("#billingCountry").selectOption("US");
    await page.locator("#billingPostalCode").fill("10001");
    await page.getByTestId("hosted-payment-submit-button").click();
    await page.waitForURL(/\/settings\/billing/);
    this.paid = performance.now();
  }

  async seesAdded(credits) {
    const wanted = this.before.addOn + amount(credits);
    await expect(this.page.locator("#section-current-plan")).toContainText(wanted.toLocaleString("en-US"));
    expect(performance.now() - this.paid).toBeLessThan(10_000);
    this.after = await this.shown();
    expect(this.after.addOn).toBe(wanted);
  }

  seesTheRestUnchanged() {
    for (const name of ["plan", "monthly", "used"]) expect(this.after[name]).toBe(this.before[name]);
  }

  seesTheBarGrown(credits) {
    expect(this.after.total).toBe(this.before.total + amount(credits));
  }

  async seesTheSame() {
    expect(await this.shown()).toEqual(this.after);
  }

  async signInAnew() {
    await this.page.context().close();
    await this.open(await this.fake.post(`/workspaces/${this.workspace.id}/sign-in`, {}));
  }

  async leave() {
    await this.page.context().close();
  }
}
