import { test as base } from "@playwright/test";
import { fixtures } from "../fixtures.mjs";

const test = base.extend(fixtures);

for (const [place, credits] of process.env.BENCH_PACKAGES.split(" ").entries())
  test(`Buying ${credits} credits (${place})`, async ({ buyer }) => {
    await buyer.openBilling();
    await buyer.buy(credits);
    await buyer.seesAdded(credits);
    buyer.seesTheRestUnchanged();
    buyer.seesTheBarGrown(credits);
    await buyer.page.reload();
    await buyer.seesTheSame();
    await buyer.signInAnew();
    await buyer.seesTheSame();
    await buyer.page.goto(buyer.landings[0]);
    await buyer.seesTheSame();
  });
