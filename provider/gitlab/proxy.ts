import { BlockList, isIP, isIPv4 } from "node:net";
import { domainToASCII } from "node:url";
import { InvalidInputError } from "../errors.js";

export type Environment = Record<string, string | undefined>;

/** A proxy between us and GitLab. */
export interface ForwardProxy {
  url: URL;
  /** The variable that names it. */
  variable: string;
}

/**
 * The proxy that the environment asks for, by the rules of Go, and so of GitLab Runner itself: HTTP_PROXY, HTTPS_PROXY and
 * NO_PROXY in either case, none for localhost and loopback addresses.
 * @throws InvalidInputError when the variable names no usable proxy
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function findProxy(target: URL, environment: Environment): ForwardProxy | undefined {
  const variable = target.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const value = readEither(environment, variable);
  if (!value || isDirect(target, readEither(environment, "NO_PROXY"))) return undefined;
  return { url: parseProxy(value, variable), variable };
}

function readEither(environment: Environment, name: string): string {
  return (environment[name] || environment[name.toLowerCase()] || "").trim();
}

function parseProxy(value: string, variable: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "") {
    throw refuse(variable, 'must name an HTTP proxy: write it like "http://proxy.example.com:3128"');
  }
  if (canDecode(url.username) && canDecode(url.password)) return url;
  throw refuse(
    variable,
    'has a "%" in its user name or password that encodes no character: write "%25" for the sign itself',
  );
}

function canDecode(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}

function refuse(path: string, message: string): InvalidInputError {
  return new InvalidInputError([{ path, message }]);
}

/** What is asked for, as NO_PROXY compares it. */
interface Target {
  host: string;
  port: string;
}

function isDirect(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const target = { host, port: url.port || (url.protocol === "https:" ? "443" : "80") };
  return host === "localhost" || isIn(LOOPBACK, host) || noProxy.split(",").some((entry) => fits(entry, target));
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

function isIn(list: BlockList, host: string): boolean {
  return isIP(host) !== 0 && list.check(host, familyOf(host));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}

/** `*`, an address, a range of addresses, or a domain with its subdomains; the last two of them with or without a port. */
function fits(text: string, target: Target): boolean {
  const entry = text.trim().toLowerCase();
  if (entry === "" || entry === "*") return entry === "*";
  const range = readRange(entry);
  if (range) return isIn(range, target.host);
  const { host, port } = splitPort(entry);
  if (host === "" || (port !== undefined && port !== target.port)) return false;
  const address = new BlockList();
  if (isIP(host)) address.addAddress(host, familyOf(host));
  return isIP(host) ? isIn(address, target.host) : isWithin(host, target.host);
}

function readRange(entry: string): BlockList | undefined {
  const [, network = "", bits = ""] = entry.match(/^([^/]+)\/(\d+)$/) ?? [];
  if (!isIP(network) || Number(bits) > (isIPv4(network) ? 32 : 128)) return undefined;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), familyOf(network));
  return list;
}

function splitPort(entry: string): { host: string; port?: string } {
  const [, bracketed, afterBracket] = entry.match(/^\[(.*)\](?::(\d+))?$/) ?? [];
  if (bracketed !== undefined) return { host: bracketed, port: afterBracket };
  const [, host, port] = entry.match(/^([^:]*):(\d+)$/) ?? [];
  return host === undefined ? { host: entry } : { host, port };
}

/** `example.com` means itself and what lies below it, `.example.com` and `*.example.com` only the latter. */
function isWithin(entry: string, host: string): boolean {
  const isBelowOnly = /^\*?\./.test(entry);
  const domain = domainToASCII(entry.replace(/^\*?\./, ""));
  return domain !== "" && (host.endsWith(`.${domain}`) || (!isBelowOnly && host === domain));
}
