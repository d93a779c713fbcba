// @ts-check
import { setUp } from "./setup/setUp.mjs";

await setUp();
