// As its users do: write the tests from the features, then run them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const cwd = fileURLToPath(new URL(".", import.meta.url));
const bin = (name) => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));
for (const step of [[bin("playwright-bdd/dist/cli/index.js")], [bin("@playwright/test/cli.js"), "test"]]) {
  const { status } = spawnSync(process.execPath, step, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
