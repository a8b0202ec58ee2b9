// For @playwright/test and playwright-bdd: one fake for each worker, a buyer for each scenario.
import { launchOptions, Buyer, Fake } from "./journey.mjs";

let number = 0;

export const fixtures = {
  fake: [
    async ({}, use) => {
      const fake = await new Fake().ready();
      await use(fake);
      await fake.stop();
    },
    { scope: "worker" },
  ],
  buyer: async ({ browser, fake }, use) => {
    const buyer = new Buyer(browser, fake, number++);
    await use(buyer);
    await buyer.leave();
  },
};

export const config = {
  workers: Number(process.env.BENCH_WORKERS ?? 1),
  fullyParallel: true,
  reporter: [["line"], ["junit", { outputFile: process.env.BENCH_JUNIT }]],
  outputDir: process.env.BENCH_OUTPUT,
  use: { launchOptions },
};
