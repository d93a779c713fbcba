import { readFileSync, writeFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { drawSome } from "./dice.js";

/** How the text report tells that a resource is gone, as a place. */
export const GONE = "(gone)";

type Change = Parameters<StandInGitLab["runners"]["update"]>[1];

/** A way in which somebody changes a runner, and the settings by which that is to be found. */
type RunnerDrift = [change: Change | "removed", paths: string[]];

const RUNNER_DRIFTS: readonly RunnerDrift[] = [
  [{ description: "theirs" }, ["description"]],
  [{ paused: true }, ["paused"]],
  [{ tagList: ["theirs"] }, ["tagList"]],
  [{ maximumTimeout: 7200 }, ["maximumTimeout"]],
  [{ maximumTimeout: null }, ["maximumTimeout"]],
  [{ accessLevel: "ref_protected" }, ["accessLevel"]],
  [{ locked: true, runUntagged: false }, ["locked", "runUntagged"]],
  [{ maintenanceNote: "theirs" }, ["maintenanceNote"]],
  ["removed", [GONE]],
];

/** An edit of a file, and the setting by which it is to be found; those without one are no drift. */
type Edit = [edit: (text: string) => string, path?: string];

const FILE_EDITS: readonly Edit[] = [
  [(text) => `# checked by hand, all is well\n${text}`],
  [(text) => text.replace(/^(concurrent = .*)\n(check_interval = .*)$/m, "$2\n$1")],
  [swapEntries],
  [(text) => text.replace("  limit = 2", "  limit   =  2 # as ever")],
  [rotate],
  [(text) => text.replace(/^concurrent = .*$/m, "concurrent = 99"), "concurrent"],
  [(text) => text.replace(/^check_interval = .*\n/m, ""), "checkInterval"],
  [(text) => `log_level = "debug"\n${text}`, "logLevel"],
  [(text) => `key_of_tomorrow = 1\n${text}`, "key_of_tomorrow"],
  [(text) => text.replace(/limit( *)=( *)2/, "limit$1=$27"), "runners.docker.limit"],
  [(text) => text.replace("alpine:3.20", "alpine:edge"), "runners.docker.docker.image"],
  [(text) => text.replace('executor = "shell"', '$&\n  key_of_tomorrow = "x"'), "runners.shell.key_of_tomorrow"],
];

function swapEntries(text: string): string {
  const [head, one, other] = text.split("[[runners]]");
  return [head, other?.replace(/\n*$/, "\n"), one].join("[[runners]]");
}

/** What GitLab Runner writes when it has rotated the token of the entry that leaves this to it. */
function rotate(text: string): string {
  return text
    .replace(/token = "glrt-fake-shell-\d+"/, 'token = "glrt-fake-rotated"')
    .replace(/(glrt-fake-rotated[\s\S]*?token_obtained_at = )\S+/, "$12026-02-01T00:00:00Z");
}

/** The stack, before and after somebody changed the program and did not run `pulumi up`: values, one runner less, one more. */
export function describeProgram(scene: Scene, when: "applied" | "changed"): string {
  const isChanged = when === "changed";
  return `
    const scopes = ${JSON.stringify(scene.scopes)};
    for (let i = ${isChanged ? 1 : 0}; i < ${scene.runners}; i++) {
      new Runner("runner-" + i, {
        ...scopes[i % scopes.length], description: "runner " + i${isChanged ? ' + (i % 50 === 0 ? ", changed" : "")' : ""},
        tagList: ["docker", "t" + i], maximumTimeout: 3600, maintenanceNote: "room " + i,
      });
    }
    for (let i = 0; i < ${scene.files}; i++) {
      const token = (name) => ({ token: "glrt-fake-" + name + "-" + i, tokenObtainedAt: "2026-01-01T00:00:00Z" });
      new ConfigToml("host-" + i, {
        path: ${JSON.stringify(scene.folder)} + "/host-" + i + ".toml", checkInterval: 5,
        concurrent: 10${isChanged ? " + (i % 10 === 0 ? 1 : 0)" : ""},
        runners: {
          docker: {
            runner: { url: "https://gitlab.example.com", id: 100000 + i, ...token("docker") },
            executor: "docker", limit: 2, requestConcurrency: 2, docker: { image: "alpine:3.20" },
          },
          shell: {
            runner: { url: "https://gitlab.example.com", id: 200000 + i, ...token("shell"), selfRotation: true },
            executor: "shell",
          },
        },
      });
    }
    ${isChanged ? 'new Runner("of-tomorrow", { runnerType: "instance_type" });' : ""}`;
}

export interface Scene {
  runners: number;
  files: number;
  /** Where the files lie. */
  folder: string;
  /** What the runners' types and owners are, in turn. */
  scopes: object[];
}

/** A place that drifted, as `Runner runner-7: paused`. */
export type Drifts = Set<string>;

/** Changes 3 of 100 runners, and one in each way at least, by GitLab's numbers of them; gives where that is to be found. */
export function changeRunners(gitlab: StandInGitLab, ids: ReadonlyMap<string, number>, draw: () => number): Drifts {
  const count = Math.max(RUNNER_DRIFTS.length, Math.ceil(ids.size * 0.03));
  const drifted = drawSome([...ids], count, draw);
  return new Set(
    drifted.flatMap(([name, id], index) => {
      const [change, paths] = RUNNER_DRIFTS[index % RUNNER_DRIFTS.length] as RunnerDrift;
      if (change === "removed") gitlab.runners.remove(id);
      else gitlab.runners.update(id, change);
      return paths.map((path) => `Runner ${name}: ${path}`);
    }),
  );
}

/** Edits each file at two places; gives where that is to be found. */
export function editFiles({ files, folder }: Scene, draw: () => number): Drifts {
  const drifts: Drifts = new Set();
  for (let index = 0; index < files; index++) {
    const file = `${folder}/host-${index}.toml`;
    let text = readFileSync(file, "utf8");
    const edits = drawSome(FILE_EDITS, 2, draw);
    // Those of the same text go in the order of the list.
    for (const [edit, path] of FILE_EDITS.filter((one) => edits.includes(one))) {
      const edited = edit(text);
      if (edited === text) throw new Error(`an edit for ${path ?? "nothing"} changed nothing in ${file}:\n${text}`);
      text = edited;
      if (path !== undefined) drifts.add(`ConfigToml host-${index}: ${path}`);
    }
    writeFileSync(file, text);
  }
  return drifts;
}
