import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { makeFolder } from "./folder.js";

/** A certificate with its key, as PEM. */
export interface Identity {
  cert: string;
  key: string;
}

type Extensions = NonNullable<NonNullable<Parameters<typeof generate>[1]>["extensions"]>;

async function make(name: string, extensions: Extensions, ca?: Identity): Promise<Identity> {
  const options = { keyType: "ec", algorithm: "sha256", extensions, ca } as const;
  const made = await generate([{ name: "commonName", value: name }], options);
  return { cert: made.cert, key: made.private };
}

/** A CA of this test's own, which nobody else trusts. */
export function makeAuthority(name = "Test CA"): Promise<Identity> {
  return make(name, [
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
  ]);
}

/** What the CA makes for a server with this name and these addresses, or for a client. */
export function issue(ca: Identity, name: string, ips = ["127.0.0.1", "0.0.0.0"]): Promise<Identity> {
  const altNames = [{ type: 2 as const, value: name }, ...ips.map((ip) => ({ type: 7 as const, ip }))];
  return make(
    name,
    [
      { name: "basicConstraints", cA: false },
      { name: "extKeyUsage", serverAuth: true, clientAuth: true },
      { name: "subjectAltName", altNames },
    ],
    ca,
  );
}

/** Files of these texts in a folder of the running test: their paths by name. */
export function writeFiles<Name extends string>(texts: Record<Name, string>): Record<Name, string> {
  const folder = makeFolder();
  const paths = Object.entries<string>(texts).map(([name, text]) => {
    const path = join(folder, `${name}.pem`);
    writeFileSync(path, text, { mode: 0o600 });
    return [name, path];
  });
  return Object.fromEntries(paths) as Record<Name, string>;
}
