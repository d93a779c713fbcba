import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Secrets made for one test, each in a place of its own; where one of them turns up, something leaked. */
export class Canaries {
  readonly #values = new Map<string, string>();

  /** A secret for a place; `odd` gives it characters that JSON, TOML and URLs write in another way. */
  make(place: string, odd = ""): string {
    return this.add(place, `canary-${place}-${Math.random().toString(36).slice(2, 10)}${odd}`);
  }

  /** A secret that was made elsewhere, such as a key. */
  add(place: string, value: string): string {
    assert.ok(value.length > 12, `what is looked for of ${place} is too short`);
    this.#values.set(place, value);
    return value;
  }

  /** Proves that a canary is where it was put, so that not finding it elsewhere means something. */
  assertReached(place: string, text: string): void {
    const value = this.#values.get(place) ?? assert.fail(`no canary for ${place}`);
    assert.ok(findForms(text, value).length > 0, `the canary for ${place} did not reach its place`);
  }

  /** All canaries in the text, in any form: `place (form)`. */
  find(text: string): string[] {
    return [...this.#values].flatMap(([place, value]) => findForms(text, value).map((form) => `${place} (${form})`));
  }

  /** That none of the texts holds a canary; each text by what it is. */
  assertNone(texts: Record<string, string>): void {
    for (const [what, text] of Object.entries(texts)) {
      assert.ok(text.length > 0, `${what} is empty: nothing was searched`);
      assert.deepEqual(this.find(text), [], `${what} shows secrets:\n${text}`);
      // The search itself is tried each time: a leak that is planted must be found.
      for (const [place, value] of this.#values) assert.notDeepEqual(this.find(`${text}${value}`), [], place);
    }
  }
}

function listForms(value: string): Record<string, string> {
  const json = JSON.stringify(value).slice(1, -1);
  return {
    plain: value,
    JSON: json,
    "JSON in JSON": JSON.stringify(json).slice(1, -1),
    URL: encodeURIComponent(value),
    // The part that does not depend on what stands before and after it in the encoded text.
    ...Object.fromEntries([0, 1, 2].map((shift) => [`base64 ${shift}`, encodeInner(value, shift)])),
  };
}

function encodeInner(value: string, shift: number): string {
  const encoded = Buffer.from(" ".repeat(shift) + value).toString("base64");
  return encoded.slice(shift === 0 ? 0 : 4, -4);
}

function findForms(text: string, value: string): string[] {
  return Object.entries(listForms(value))
    .filter(([, form]) => text.includes(form))
    .map(([name]) => name);
}

/** All that lies in a folder, as one text. */
export function readFolder(folder: string): string {
  const names = readdirSync(folder).map((name) => join(folder, name));
  return names.map((name) => (statSync(name).isDirectory() ? readFolder(name) : readFileSync(name, "utf8"))).join("\n");
}
