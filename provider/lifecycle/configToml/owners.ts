import { z } from "zod";
import { identify } from "../../config/file.js";
import { besideOf, type Host } from "../../delivery/host.js";

/** Who wrote an entry of a config.toml that several write. */
export interface Owner {
  url: string;
  id: number;
  /** The stack's id; see `StackIdentity`. */
  stack: string;
  /** As its people call it. */
  stackName: string;
  /** The ConfigToml's own id. */
  resource: string;
  /** What was put between the entry and what stands before it. */
  gap: string;
}

const RECORD = z.object({
  version: z.literal(1),
  entries: z.array(
    z.object({
      url: z.string(),
      id: z.number(),
      stack: z.string(),
      stackName: z.string(),
      resource: z.string(),
      gap: z.string().regex(/^[\r\n]*$/),
    }),
  ),
});

/** The record of owners, a file beside the config.toml: the Runner drops comments when it saves, so they cannot tell. */
export function ownersFile(file: string): string {
  return besideOf(file, (base) => `.${base}.pulumi-owners.json`);
}

/**
 * The owners, by the identity of their entry; none where there is no record. One that cannot be understood counts as none,
 * since no entry depends on it: a copy is kept, and every ConfigToml enters itself again at its next update.
 */
export async function readOwners(host: Host, file: string): Promise<Map<string, Owner>> {
  const text = await host.read(ownersFile(file));
  if (text === undefined) return new Map();
  const owners = parseOwners(text);
  if (owners) return new Map(owners.map((owner) => [identify(owner.url, owner.id), owner]));
  const copy = await host.keepCopy(ownersFile(file));
  console.warn(`${ownersFile(file)} cannot be understood: a new one is begun, the old one is kept as ${copy}`);
  return new Map();
}

function parseOwners(text: string): Owner[] | undefined {
  try {
    return RECORD.parse(JSON.parse(text)).entries;
  } catch {
    return undefined;
  }
}

/** Replaces the record, or removes it when it would be empty. It holds no secrets; mode 0600 all the same. */
export async function writeOwners(host: Host, file: string, owners: readonly Owner[]): Promise<void> {
  const record = ownersFile(file);
  const present = await host.read(record);
  if (owners.length === 0) {
    if (present !== undefined) await host.remove(record);
    return;
  }
  const about = "Kept by pulumi-gitlab-runner: which stack owns which [[runners]] entry of the config.toml beside it";
  const entries = [...owners].sort((one, other) =>
    one.url < other.url ? -1 : one.url > other.url ? 1 : one.id - other.id,
  );
  const text = `${JSON.stringify({ version: 1, about, entries }, null, 2)}\n`;
  if (text !== present) await host.write(record, text);
}
