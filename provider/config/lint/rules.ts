import type { Rule } from "./rule.js";
import { CONTAINER_RULES } from "./rules/containers.js";
import { CREDENTIAL_RULES } from "./rules/credentials.js";
import { EXECUTOR_RULES } from "./rules/executors.js";
import { JOB_RULES } from "./rules/jobs.js";
import { LABEL_RULES } from "./rules/labels.js";
import { VALUE_RULES } from "./rules/values.js";

/** Everything that is looked for in a config.toml that can be loaded. */
export const RULES: readonly Rule[] = [
  ...JOB_RULES,
  ...CREDENTIAL_RULES,
  ...EXECUTOR_RULES,
  ...CONTAINER_RULES,
  ...LABEL_RULES,
  ...VALUE_RULES,
];
