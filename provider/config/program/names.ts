/** Names that are given once each; a second wish for one gets a number. */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken);
  }

  take(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}${number}`;
    this.#taken.add(name);
    return name;
  }
}

const LONGEST = 60;

/** Words as one identifier in camelCase: `docker build`, `s3` -> `dockerBuildS3`. */
export function toIdentifier(...words: readonly (string | number)[]): string {
  const parts = words.flatMap((word) => String(word).split(/[^A-Za-z0-9]+/)).filter((part) => part !== "");
  const joined = parts.map((part, index) => (index === 0 ? lowerFirst(part) : upperFirst(part))).join("");
  const name = joined.slice(0, LONGEST);
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}

/** An acronym at the beginning goes down as a whole: `AWS_KEY` -> `awsKEY` would be odd, `awsKey` is not. */
function lowerFirst(part: string): string {
  return part === part.toUpperCase() ? part.toLowerCase() : part.charAt(0).toLowerCase() + part.slice(1);
}

function upperFirst(part: string): string {
  const rest = part === part.toUpperCase() ? part.slice(1).toLowerCase() : part.slice(1);
  return part.charAt(0).toUpperCase() + rest;
}
