import { isParams, nestPairs, type Params } from "./params.js";

/** What a request carried. */
export interface RequestBody {
  /** As parsed: an object for JSON and forms, a text for anything else, null for nothing. */
  readonly value: unknown;
  /** The part of it that counts as parameters. */
  readonly params: Params;
  readonly problem: "malformed" | "unsupported" | null;
}

const nothing: RequestBody = { value: null, params: {}, problem: null };

/** Reads the body of a request by its content type; without one it counts as JSON, as in GitLab. */
export async function readBody(request: Request): Promise<RequestBody> {
  if (request.method === "GET" || request.method === "HEAD") return nothing;
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength === 0) return nothing;
  const contentType = request.headers.get("content-type") ?? "application/json";
  if (contentType.startsWith("multipart/form-data")) return readMultipart(bytes, contentType);
  const text = new TextDecoder().decode(bytes);
  if (contentType.startsWith("application/x-www-form-urlencoded")) return fromParams(new URLSearchParams(text));
  if (contentType.startsWith("application/json")) return readJson(text);
  return { value: text, params: {}, problem: "unsupported" };
}

async function readMultipart(bytes: ArrayBuffer, contentType: string): Promise<RequestBody> {
  try {
    const form = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
    return fromParams(Array.from(form, ([name, value]) => [name, typeof value === "string" ? value : value.name]));
  } catch {
    return { value: new TextDecoder().decode(bytes), params: {}, problem: "malformed" };
  }
}

function readJson(text: string): RequestBody {
  try {
    const value: unknown = JSON.parse(text);
    // Anything but an object is accepted and holds no parameters: gitlab-runner sends the body `null` with a reset.
    return { value, params: isParams(value) ? value : {}, problem: null };
  } catch {
    return { value: text, params: {}, problem: "malformed" };
  }
}

function fromParams(pairs: Iterable<readonly [string, string]>): RequestBody {
  const params = nestPairs(pairs);
  return { value: params, params, problem: null };
}
