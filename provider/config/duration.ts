const UNITS: Record<string, bigint> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
const LONGEST = (1n << 63n) - 1n;

/** A length of time in Go's syntax (`90s`, `1h30m`, `-1.5h`, `0`) in nanoseconds; undefined when it is none. */
export function parseDuration(text: string): bigint | undefined {
  const sign = text.startsWith("-") ? -1n : 1n;
  const body = text.replace(/^[+-]/, "");
  if (body === "0") return 0n;
  if (body === "") return undefined;
  let total = 0n;
  PART.lastIndex = 0;
  while (PART.lastIndex < body.length) {
    const match = PART.exec(body);
    if (!match?.[1] || !match[2]) return undefined;
    total += countNanoseconds(match[1], UNITS[match[2]] ?? 0n);
  }
  return total <= LONGEST ? sign * total : undefined;
}

function countNanoseconds(amount: string, unit: bigint): bigint {
  const [whole = "", fraction = ""] = amount.split(".");
  const scale = 10n ** BigInt(fraction.length);
  return BigInt(whole || "0") * unit + (BigInt(fraction || "0") * unit) / scale;
}

/** Nanoseconds as Go prints a duration: `1h30m0s`, `1.5s`, `250ms`, `0s`. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return "0s";
  const sign = nanoseconds < 0n ? "-" : "";
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  return sign + (size < 1_000_000_000n ? formatSmall(size) : formatLarge(size));
}

function formatSmall(size: bigint): string {
  if (size < 1_000n) return `${size}ns`;
  const [unit, scale] = size < 1_000_000n ? (["µs", 1_000n] as const) : (["ms", 1_000_000n] as const);
  return `${formatFraction(size, scale)}${unit}`;
}

function formatLarge(size: bigint): string {
  const minutes = size / 60_000_000_000n;
  const seconds = `${formatFraction(size % 60_000_000_000n, 1_000_000_000n)}s`;
  if (minutes === 0n) return seconds;
  const hours = minutes / 60n;
  return hours === 0n ? `${minutes}m${seconds}` : `${hours}h${minutes % 60n}m${seconds}`;
}

function formatFraction(size: bigint, scale: bigint): string {
  const digits = String(scale).length - 1;
  const fraction = String(size % scale)
    .padStart(digits, "0")
    .replace(/0+$/, "");
  return fraction === "" ? String(size / scale) : `${size / scale}.${fraction}`;
}
