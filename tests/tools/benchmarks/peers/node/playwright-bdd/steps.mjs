import { test as base, createBdd } from "playwright-bdd";
import { fixtures } from "../fixtures.mjs";

export const test = base.extend(fixtures);
const { Given, When, Then } = createBdd(test);

Given("a member who has Billing open", ({ buyer }) => buyer.openBilling());
When(/^the member buys (\S+) credits$/, ({ buyer }, credits) => buyer.buy(credits));
Then(/^(\S+) add-on credits are added immediately$/, ({ buyer }, credits) => buyer.seesAdded(credits));
Then("the plan, the monthly credits and the used credits are unchanged", ({ buyer }) => buyer.seesTheRestUnchanged());
Then(/^the credit bar's total has grown by (\S+) credits$/, ({ buyer }, credits) => buyer.seesTheBarGrown(credits));
Then("the same is shown after a reload", async ({ buyer }) => {
  await buyer.page.reload();
  await buyer.seesTheSame();
});
Then("the same is shown after signing in anew", async ({ buyer }) => {
  await buyer.signInAnew();
  await buyer.seesTheSame();
});
Then("opening the landing address again adds nothing", async ({ buyer }) => {
  await buyer.page.goto(buyer.landings[0]);
  await buyer.seesTheSame();
});
