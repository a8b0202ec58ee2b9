import { defineBddConfig } from "playwright-bdd";
import { config } from "../fixtures.mjs";

const testDir = defineBddConfig({
  features: process.env.BENCH_FEATURE,
  featuresRoot: process.env.BENCH_FEATURES,
  steps: "steps.mjs",
  outputDir: process.env.BENCH_GENERATED,
});

export default { ...config, testDir };
