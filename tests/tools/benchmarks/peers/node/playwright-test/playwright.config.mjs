import { config } from "../fixtures.mjs";

export default { ...config, testDir: "." };
