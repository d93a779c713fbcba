import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { InvalidInputError, type Problem } from "../errors.js";

/** Whom to trust, and what to show to whoever asks who we are; named as pulumi-gitlab names them. */
export interface TlsSettings {
  /** Path of a PEM file with the CAs to trust, instead of those that Node.js trusts. */
  cacertFile?: string;
  /** Path of a PEM file with our certificate. */
  clientCert?: string;
  /** Path of a PEM file with its key. */
  clientKey?: string;
  /** Takes any certificate: whoever is on the way can read and change everything. */
  insecure?: boolean;
  /** Where these come from, for errors. */
  origin?: string;
}

/** The same as Node.js takes it. */
export interface TlsOptions {
  ca?: Buffer;
  cert?: Buffer;
  key?: Buffer;
  rejectUnauthorized?: boolean;
}

type FileName = "cacertFile" | "clientCert" | "clientKey";

/**
 * Reads the files.
 * @throws InvalidInputError with everything that is wrong with them
 */
export function readTls(settings: TlsSettings = {}): TlsOptions {
  const problems: Problem[] = [];
  const read = (name: FileName): Buffer | undefined => {
    const path = settings[name];
    if (path === undefined) return undefined;
    const found = readPem(path);
    if (Buffer.isBuffer(found)) return found;
    problems.push({ path: name, message: `the file that it names${from(settings)} ${found.problem}` });
    return undefined;
  };
  const files = { ca: read("cacertFile"), cert: read("clientCert"), key: read("clientKey") };
  if (problems.length === 0) problems.push(...findMisfits(files));
  if (problems.length > 0) throw new InvalidInputError(problems);
  return settings.insecure ? { ...files, rejectUnauthorized: false } : files;
}

function from({ origin }: TlsSettings): string {
  return origin === undefined ? "" : ` (from ${origin})`;
}

function readPem(path: string): Buffer | { problem: string } {
  try {
    const bytes = readFileSync(path);
    if (bytes.includes("-----BEGIN ")) return bytes;
    return { problem: "is not in PEM form: it must hold lines that begin with -----BEGIN" };
  } catch (error) {
    const { code = "no reason given" } = error as NodeJS.ErrnoException;
    return { problem: `cannot be read (${code}): give the path of a PEM file on the machine that runs Pulumi` };
  }
}

/** Each is tried by itself first, so that the one at fault is named. */
function findMisfits({ ca, cert, key }: TlsOptions): Problem[] {
  const problems: Problem[] = [];
  const noCertificate = "the file that it names holds no certificate that can be read";
  if (ca && !holdsCertificates(ca)) problems.push({ path: "cacertFile", message: noCertificate });
  if (cert && !holdsCertificates(cert)) problems.push({ path: "clientCert", message: noCertificate });
  const noKey = "the file that it names must hold a private key without a passphrase";
  if (key && !isAccepted({ key })) problems.push({ path: "clientKey", message: noKey });
  if (problems.length > 0 || !cert || !key || isAccepted({ cert, key })) return problems;
  return [{ path: "clientKey", message: "the key does not belong to the certificate of clientCert" }];
}

/** Node.js passes over a CA that it cannot read, so each certificate of the file is read here. */
function holdsCertificates(bytes: Buffer): boolean {
  const blocks =
    bytes.toString().match(/-----BEGIN ([A-Z0-9 ]*)CERTIFICATE-----[^-]*-----END \1CERTIFICATE-----/g) ?? [];
  return blocks.length > 0 && blocks.every(isCertificate);
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).subject !== null;
  } catch {
    return false;
  }
}

function isAccepted(options: TlsOptions): boolean {
  try {
    createSecureContext(options);
    return true;
  } catch {
    return false;
  }
}
