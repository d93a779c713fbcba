import type { FleetRunner } from "../../gitlab/fleet.js";
import type { Manager } from "../../gitlab/managers.js";
import { identityIn, type Marker, readMarker } from "../../lifecycle/runner/marker.js";
import { groupBy } from "../groupBy.js";
import { type Declared, type DeclaredFile, type DeclaredRunner, isAt } from "./declared.js";
import { describeUse, type Finding, nameRunner } from "./finding.js";

/** What the stacks say, of the runners of one GitLab. */
export interface Knowledge {
  declared: Declared;
  /** The address that is asked, and those that it had. */
  addresses: readonly string[];
}

/** What the stacks say of one runner. */
export interface Owners {
  places: readonly DeclaredRunner[];
  files: readonly DeclaredFile[];
}

export function ownersOf({ id }: { id: number }, { declared, addresses }: Knowledge): Owners {
  const isIt = (one: DeclaredRunner) => one.id === id && isAt(one, addresses);
  const files = declared.files.filter(isIt);
  return { places: [...declared.runners.filter(isIt), ...files], files };
}

/** The mark of a stack whose state was not given: there the runner may well be declared. */
export function foreignMark({ maintenanceNote }: FleetRunner, { declared }: Knowledge): Marker | undefined {
  const marker = readMarker(maintenanceNote);
  const isOurs = [...declared.stackIds].some((id) => id.startsWith(marker?.stack ?? "-"));
  return isOurs ? undefined : marker;
}

/** All that is to be said of the runners of a scope. */
export function judge(fleet: readonly FleetRunner[], knowledge: Knowledge): Finding[] {
  const inOrder = [...fleet].sort((one, other) => one.id - other.id);
  const ofEach = inOrder.flatMap((runner) => judgeRunner(runner, knowledge));
  const clones = findClones(inOrder);
  const known = new Set(clones.map(({ subject }) => subject));
  return [...ofEach, ...clones, ...findDeclaredClones(inOrder, knowledge).filter(({ subject }) => !known.has(subject))];
}

function judgeRunner(runner: FleetRunner, knowledge: Knowledge): Finding[] {
  const { places, files } = ownersOf(runner, knowledge);
  const about = { subject: nameRunner(runner), runnerId: runner.id };
  if (places.length === 0) return [{ ...about, kind: "stray", message: explainStray(runner, knowledge) }];
  const resources = places.map(({ stack, resource }) => ({ stack, resource }));
  const of = `${describeUse(runner)}; ${describePlaces(places)}`;
  const findings: Finding[] = [];
  if (runner.contactedAt === undefined) {
    const message = `never contacted: no machine has used its token (${of}). Is GitLab Runner started there, and reaches it GitLab?`;
    findings.push({ ...about, kind: "never-contacted", message, resources });
  } else if (runner.status === "stale") {
    const message = `stale: no contact for 7 days (${of}). Start its machine, or take the runner out of the program`;
    findings.push({ ...about, kind: "stale", message, resources });
  }
  const missing = explainMissing(runner, files);
  return [
    ...findings,
    ...missing.map((message) => ({ ...about, kind: "missing-manager" as const, message, resources })),
  ];
}

function explainStray(runner: FleetRunner, knowledge: Knowledge): string {
  const marker = foreignMark(runner, knowledge);
  const use = describeUse(runner);
  if (marker) {
    // Anybody may have written the note.
    const name = identityIn(marker) || marker.name;
    return (
      `none of the given stacks declares it (${use}), but its note says that resource ${name} of another stack ` +
      `(${marker.stack}…) made it: give that stack's state, too`
    );
  }
  return `no stack declares it (${use}). Adopt it in a program, or delete it by --prune ${runner.id}`;
}

function describePlaces(places: readonly DeclaredRunner[]): string {
  const names = places.map(({ stack, resource }) => `${resource} of stack ${stack}`);
  return `declared by ${[...new Set(names)].join(", ")}`;
}

/** What this package itself leaves behind while it verifies a token is no machine. */
function machinesOf({ managers }: FleetRunner): Manager[] {
  return managers.filter(({ systemId }) => !systemId.startsWith("pulumi_"));
}

/** Whose machine is missing: by the system id that the stack has seen there, else by how many there are. */
function explainMissing(runner: FleetRunner, files: readonly DeclaredFile[]): string[] {
  const alive = machinesOf(runner).filter(({ status }) => status !== "stale");
  const isSilent = ({ systemId }: DeclaredFile) =>
    systemId !== undefined && !alive.some((machine) => machine.systemId === systemId);
  const silent = files.filter(isSilent).map(({ file, systemId }) => `${file} (${systemId})`);
  const rest = explainFew(
    alive,
    files.filter((file) => !isSilent(file)),
  );
  if (silent.length === 0) return rest;
  const message =
    `by its system id the machine of ${[...new Set(silent)].join(" and that of ")} did not call GitLab within 7 days. Is GitLab ` +
    'Runner started there? One that was set up anew has another id, which "pulumi refresh" learns';
  return [message, ...rest];
}

/** Which file is whose machine GitLab does not tell; that machines are too few it does. */
function explainFew(alive: readonly Manager[], files: readonly DeclaredFile[]): string[] {
  const names = [...new Set(files.map(({ file }) => file))];
  if (alive.length >= names.length) return [];
  const machines = alive.length === 0 ? "no machine" : `${alive.length} of the machines`;
  const contacted = alive.map(({ systemId, ipAddress }) => (ipAddress ? `${systemId} at ${ipAddress}` : systemId));
  const known = contacted.length > 0 ? ` (${contacted.join(", ")})` : "";
  const clone = names.length > 1 ? ", or do two machines have one system id" : "";
  return [
    `${names.length === 1 ? "1 declared file has" : `${names.length} declared files have`} its token (${names.join(", ")}), ` +
      `but ${machines}${known} called GitLab within 7 days. Is GitLab Runner started on each${clone}?`,
  ];
}

/** Managers that call at the moment under one system id, but from different machines. */
function findClones(fleet: readonly FleetRunner[]): Finding[] {
  const bySystem = new Map<string, { runner: FleetRunner; manager: Manager }[]>();
  for (const runner of fleet) {
    for (const manager of machinesOf(runner)) {
      // `<legacy>` is every machine that gives none.
      if (manager.status !== "online" || manager.systemId === "<legacy>") continue;
      bySystem.set(manager.systemId, [...(bySystem.get(manager.systemId) ?? []), { runner, manager }]);
    }
  }
  return [...bySystem].flatMap(([systemId, uses]) => describeClone(systemId, uses));
}

function describeClone(systemId: string, uses: readonly { runner: FleetRunner; manager: Manager }[]): Finding[] {
  const isOther = TRAITS.some((trait) => new Set(uses.flatMap(({ manager }) => manager[trait] ?? [])).size > 1);
  if (!isOther) return [];
  const seen = uses.map(({ runner, manager }) => {
    const traits = TRAITS.flatMap((trait) => manager[trait] ?? []);
    return `${nameRunner(runner)} from ${traits.join(" ")}`;
  });
  const message = `different machines call under it (${seen.join("; ")}): ${MEND_CLONES}`;
  return [{ kind: "shared-system-id", subject: nameSystemId(systemId), message }];
}

/** Machines on which the stacks have seen one system id: GitLab takes them for one. */
function findDeclaredClones(fleet: readonly FleetRunner[], knowledge: Knowledge): Finding[] {
  const files = fleet.flatMap((runner) => ownersOf(runner, knowledge).files);
  const known = groupBy(
    files.filter(({ host, systemId }) => host !== "" && systemId !== undefined),
    ({ systemId = "" }) => systemId,
  );
  return [...known].flatMap(([systemId, uses]): Finding[] => {
    const hosts = [...new Set(uses.map(({ host }) => host))];
    if (hosts.length < 2) return [];
    const message = `the stacks have seen it on ${hosts.join(" and ")}, which GitLab takes for one machine: ${MEND_CLONES}`;
    return [{ kind: "shared-system-id", subject: nameSystemId(systemId), message }];
  });
}

function nameSystemId(systemId: string): string {
  return `system id ${systemId}`;
}

const MEND_CLONES =
  "a copied machine keeps the file .runner_system_id. Stop GitLab Runner on all but one, remove that file beside " +
  "config.toml there, and start it again";

const TRAITS = ["ipAddress", "platform", "architecture"] as const;
