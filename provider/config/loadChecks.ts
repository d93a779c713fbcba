import type { Problem } from "../errors.js";
import { isCronExpression } from "./cron.js";
import type { Table } from "./value.js";

const LABEL_KEY = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{2,64}$/;
const LABEL_VALUE = /^[a-zA-Z0-9._-]{1,256}$/;
const MOST_LABELS = 32;

type Report = (path: string, message: string) => void;

/** What the Runner refuses when it loads a configuration although each value is of its kind. */
export function checkLoaded(configuration: Table): Problem[] {
  const problems: Problem[] = [];
  const labels = (configuration.labels ?? {}) as Table;
  checkLabels(labels, (path, message) => problems.push({ path: `labels${path}`, message }));
  for (const [index, entry] of ((configuration.runners ?? []) as Table[]).entries()) {
    const report: Report = (path, message) => problems.push({ path: `runners[${index}].${path}`, message });
    checkEntry(entry, labels, report);
  }
  return problems;
}

function checkEntry(entry: Table, globalLabels: Table, report: Report): void {
  const labels = (entry.labels ?? {}) as Table;
  checkLabels(labels, (path, message) => report(`labels${path}`, message));
  const count = Object.keys({ ...globalLabels, ...labels }).length;
  if (count > MOST_LABELS) report("labels", `are ${count} with the global ones: at most ${MOST_LABELS} are allowed`);
  checkMachine((entry.machine ?? {}) as Table, report);
  checkMonitoring((entry.monitoring ?? {}) as Table, report);
  checkNfs((((entry.kubernetes as Table | undefined)?.volumes ?? {}) as Table).nfs as Table[] | undefined, report);
}

function checkLabels(labels: Table, report: Report): void {
  for (const [key, value] of Object.entries(labels)) {
    const path = `[${JSON.stringify(key)}]`;
    if (!LABEL_KEY.test(key)) {
      report(
        path,
        "must have a name of 3 to 65 letters, digits, dots, hyphens, underscores, not beginning with . or -",
      );
    }
    if (!LABEL_VALUE.test(value as string)) {
      report(path, "must have a value of 1 to 256 letters, digits, dots, hyphens, underscores");
    }
  }
}

function checkMachine(machine: Table, report: Report): void {
  const options = (machine.MachineOptionsWithName ?? []) as string[];
  for (const [index, option] of options.entries()) {
    if (!option.includes("%s")) report(`machine.MachineOptionsWithName[${index}]`, "must hold %s, the machine's name");
  }
  for (const [index, policy] of ((machine.autoscaling ?? []) as Table[]).entries()) {
    const path = `machine.autoscaling[${index}]`;
    checkPeriods(policy.Periods, `${path}.Periods`, report);
    checkTimezone(policy.Timezone, `${path}.Timezone`, report);
  }
}

function checkMonitoring(monitoring: Table, report: Report): void {
  for (const [index, duration] of ((monitoring.job_queuing_durations ?? []) as Table[]).entries()) {
    const path = `monitoring.job_queuing_durations[${index}]`;
    checkPeriods(duration.periods, `${path}.periods`, report);
    checkTimezone(duration.timezone, `${path}.timezone`, report);
    const pattern = (duration.jobs_running_for_project ?? "") as string;
    if (!isPattern(pattern)) report(`${path}.jobs_running_for_project`, "must be a regular expression");
  }
}

function checkPeriods(periods: unknown, path: string, report: Report): void {
  for (const [index, period] of ((periods ?? []) as string[]).entries()) {
    if (!isCronExpression(period))
      report(`${path}[${index}]`, 'must be a cron expression such as "* * 9-17 * * mon-fri *"');
  }
}

function checkTimezone(timezone: unknown, path: string, report: Report): void {
  if (!isTimezone((timezone ?? "") as string)) report(path, 'must be the name of a time zone such as "Europe/Berlin"');
}

function isTimezone(name: string): boolean {
  if (name === "" || name === "Local") return true;
  if (/^[+-]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** Go's patterns begin with flags in another form, and know names of groups as `(?P<name>…)`. */
function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern.replace(/^\(\?[ims]+\)/, "").replaceAll("(?P<", "(?<")) instanceof RegExp;
  } catch {
    return false;
  }
}

const NFS_NEEDS = ["name", "mount_path", "server", "path"] as const;

function checkNfs(volumes: readonly Table[] | undefined, report: Report): void {
  for (const [index, volume] of (volumes ?? []).entries()) {
    for (const key of NFS_NEEDS) {
      if (!volume[key]) report(`kubernetes.volumes.nfs[${index}].${key}`, "is missing: an NFS volume needs it");
    }
  }
}
