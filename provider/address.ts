/** An address that cannot be one of a GitLab, with what to write instead. */
export interface BadAddress {
  problem: string;
}

/**
 * The address of a GitLab as this package stores and compares it: scheme, host, port where it is not the scheme's own,
 * and a path where GitLab lives below one; without a final `/`, `/ci` or `/api/v4`.
 */
export function normalizeAddress(text: string): string | BadAddress {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return { problem: 'is not an address: write it like "https://gitlab.example.com"' };
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return { problem: "must begin with https:// or http://" };
  if (url.username || url.password) return { problem: "must not carry a user name or password: give the token apart" };
  if (url.search || url.hash) return { problem: "must not carry a query or a fragment: end it after host and path" };
  return url.origin + trimPath(url.pathname);
}

function trimPath(path: string): string {
  const trimmed = path.replace(/\/+$/, "").replace(/\/(api\/v4|ci)$/, "");
  return trimmed === path ? path : trimPath(trimmed);
}
