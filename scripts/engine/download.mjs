// @ts-check
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { codeOf } from "../setup/failure.mjs";

const answerLimitMs = 3_000;
const silenceLimitMs = 30_000;
const megabyte = 1_000_000;

/** The other side cannot be reached, answers with an error, or falls silent. */
export class Unreachable extends Error {
  name = "Unreachable";
}

/** @param {string} url */
export async function fetchText(url) {
  const chunks = [];
  for await (const { chunk } of receive(url)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * @param {string} url
 * @param {string} file
 * @param {(text: string) => void} detail is told how far it is
 * @returns {Promise<string>} the SHA-256 of what was received
 */
export async function download(url, file, detail) {
  const hash = createHash("sha256");
  const output = await open(file, "wx");
  try {
    let received = 0;
    for await (const { chunk, total } of receive(url)) {
      hash.update(chunk);
      await output.writeFile(chunk);
      received += chunk.length;
      detail(`${Math.floor(received / megabyte)} of ${total ? Math.ceil(total / megabyte) : "?"} MB`);
    }
  } finally {
    await output.close();
  }
  return hash.digest("hex");
}

/**
 * @param {string} url
 * @returns {AsyncGenerator<{ chunk: Uint8Array, total: number }>}
 */
async function* receive(url) {
  const abort = new AbortController();
  let limit = setTimeout(() => abort.abort(new Error("no answer")), answerLimitMs);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    const total = Number(response.headers.get("content-length"));
    for await (const chunk of response.body) {
      clearTimeout(limit);
      limit = setTimeout(() => abort.abort(new Error("fell silent")), silenceLimitMs);
      yield { chunk, total };
    }
  } catch (error) {
    throw new Unreachable(`${url} cannot be had (${reasonOf(error)})`, { cause: error });
  } finally {
    clearTimeout(limit);
    abort.abort();
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  const cause = error instanceof Error ? error.cause : undefined;
  return codeOf(cause) ?? (error instanceof Error ? error.message : String(error));
}
