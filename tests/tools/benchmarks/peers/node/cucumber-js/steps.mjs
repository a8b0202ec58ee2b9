import { After, AfterAll, Before, BeforeAll, Given, Then, When, setDefaultTimeout } from "@cucumber/cucumber";
import { chromium } from "@playwright/test";
import { Buyer, Fake, launchOptions } from "../journey.mjs";

setDefaultTimeout(30_000);
let browser, fake;
let number = 0;

BeforeAll(async () => {
  fake = new Fake();
  browser = await chromium.launch(launchOptions);
  await fake.ready();
});
AfterAll(async () => {
  await browser.close();
  await fake.stop();
});
Before(function () {
  this.buyer = new Buyer(browser, fake, number++);
});
After(function () {
  return this.buyer.leave();
});

Given("a member who has Billing open", function () {
  return this.buyer.openBilling();
});
When(/^the member buys (\S+) credits$/, function (credits) {
  return this.buyer.buy(credits);
});
Then(/^(\S+) add-on credits are added immediately$/, function (credits) {
  return this.buyer.seesAdded(credits);
});
Then("the plan, the monthly credits and the used credits are unchanged", function () {
  this.buyer.seesTheRestUnchanged();
});
Then(/^the credit bar's total has grown by (\S+) credits$/, function (credits) {
  this.buyer.seesTheBarGrown(credits);
});
Then("the same is shown after a reload", async function () {
  await this.buyer.page.reload();
  await this.buyer.seesTheSame();
});
Then("the same is shown after signing in anew", async function () {
  await this.buyer.signInAnew();
  await this.buyer.seesTheSame();
});
Then("opening the landing address again adds nothing", async function () {
  await this.buyer.page.goto(this.buyer.landings[0]);
  await this.buyer.seesTheSame();
});
