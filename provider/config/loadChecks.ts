import type { Problem } from "../errors.js";
import type { Path } from "../path.js";
import type { Flaw } from "./lint/rule.js";
import { LABEL_RULES } from "./lint/rules/labels.js";
import { VALUE_RULES } from "./lint/rules/values.js";
import { formatKeys } from "./load.js";
import type { Table } from "./value.js";

/** Of the rules of lint, those by which the Runner itself refuses to load a file, and where it looks. */
const FATAL: Readonly<Record<string, RegExp>> = {
  "invalid-label": /labels/,
  "too-many-labels": /labels/,
  "invalid-period": /\]\.(machine\.autoscaling|monitoring)/,
  "invalid-timezone": /\]\.(machine\.autoscaling|monitoring)/,
  "invalid-job-regex": /\]\.monitoring/,
  "machine-options": /MachineOptionsWithName/,
  "nfs-volume-not-complete": /volumes\.nfs/,
};

/** What the Runner refuses when it loads a configuration although each value is of its kind. */
export function checkLoaded(configuration: Table): Problem[] {
  const { runners, ...globals } = configuration;
  const whole = { globals, entries: (runners ?? []) as Table[] };
  return [...LABEL_RULES, ...VALUE_RULES].flatMap(({ id, find }) => {
    const place = FATAL[id];
    if (!place) return [];
    return find(whole).flatMap((flaw) => describeFatal(flaw, place));
  });
}

function describeFatal({ path, message }: { path: Path } & Flaw, place: RegExp): Problem[] {
  const where = formatKeys(path);
  return place.test(where) ? [{ path: where, message }] : [];
}
