import type { Path } from "../../../path.js";
import type { Table } from "../../value.js";
import { type Flaw, forEachEntry, type Rule, tableAt, textAt } from "../rule.js";

/** What an executor cannot do without: tables, and settings in them. */
interface Needs {
  tables: readonly string[];
  /** Without these no job runs. */
  keys?: readonly (readonly [table: string, key: string])[];
  /** Tables that it reads when they are there. */
  uses?: readonly string[];
}

const NEEDS: Readonly<Record<string, Needs>> = {
  shell: { tables: [] },
  custom: { tables: ["custom"], keys: [["custom", "run_exec"]] },
  instance: { tables: ["autoscaler"], keys: [["autoscaler", "plugin"]], uses: ["instance"] },
  docker: { tables: ["docker"] },
  "docker-windows": { tables: ["docker"] },
  "docker-autoscaler": { tables: ["docker", "autoscaler"], keys: [["autoscaler", "plugin"]] },
  "docker+machine": {
    tables: ["docker", "machine"],
    keys: [
      ["machine", "MachineDriver"],
      ["machine", "MachineName"],
    ],
  },
  kubernetes: { tables: ["kubernetes"] },
  ssh: { tables: ["ssh"], keys: [["ssh", "host"]] },
  parallels: { tables: ["parallels", "ssh"], keys: [["parallels", "base_name"]] },
  virtualbox: { tables: ["virtualbox", "ssh"], keys: [["virtualbox", "base_name"]] },
};

const SECTIONS = [
  "docker",
  "machine",
  "kubernetes",
  "ssh",
  "parallels",
  "virtualbox",
  "custom",
  "autoscaler",
  "instance",
];

/** That an entry has an executor, and the executor what it needs. */
export const EXECUTOR_RULES: readonly Rule[] = [
  forEachEntry("missing-executor", "error", (entry, path) =>
    textAt(entry, "executor") === ""
      ? [{ path: [...path, "executor"], message: 'is missing: name one, such as "docker" or "shell"' }]
      : [],
  ),
  forEachEntry("missing-section", "harmful", (entry, path) =>
    (needsOf(entry)?.tables ?? [])
      .filter((table) => !tableAt(entry, table))
      .map((table) => ({
        path: [...path, table],
        message: `is missing: executor ${JSON.stringify(entry.executor)} runs no job without [runners.${table}]`,
      })),
  ),
  forEachEntry("missing-setting", "harmful", findMissingSettings),
  forEachEntry("missing-image", "warning", findMissingImage),
  forEachEntry("unused-section", "warning", (entry, path) => {
    const needs = needsOf(entry);
    if (!needs) return [];
    const used = [...needs.tables, ...(needs.uses ?? [])];
    return SECTIONS.filter((table) => tableAt(entry, table) && !used.includes(table)).map((table) => ({
      path: [...path, table],
      message: `is not read by executor ${JSON.stringify(entry.executor)}: remove it, or choose the executor that it is for`,
    }));
  }),
];

function needsOf(entry: Table): Needs | undefined {
  return NEEDS[textAt(entry, "executor")];
}

function findMissingSettings(entry: Table, path: Path): Flaw[] {
  const missing = (needsOf(entry)?.keys ?? []).filter(([name, key]) => {
    const table = tableAt(entry, name);
    return table !== undefined && textAt(table, key) === "";
  });
  return missing.map(([name, key]) => ({
    path: [...path, name, key],
    message: `is missing: executor ${JSON.stringify(entry.executor)} runs no job without it`,
  }));
}

/** Jobs may name an image themselves; those that do not fail. */
function findMissingImage(entry: Table, path: Path): Flaw[] {
  const name = (needsOf(entry)?.tables ?? []).find((table) => table === "docker" || table === "kubernetes");
  const table = name && tableAt(entry, name);
  if (!name || !table || textAt(table, "image") !== "") return [];
  return [
    { path: [...path, name, "image"], message: "is missing: jobs that name no image of their own fail; set a default" },
  ];
}
