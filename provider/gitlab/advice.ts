import { STATUS_CODES } from "node:http";

/** What the advice needs to know of the endpoint that refused. */
export interface Needs {
  /** The scope of a classic token that opens the endpoint, with `api` as the other choice; empty where none is needed. */
  scope: string;
  /** Who may do this in GitLab, besides an administrator. */
  role: string;
}

const SCOPES = "https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes";
const EXPIRED = "https://docs.gitlab.com/security/tokens/";

/** What a refusal says. */
export interface Refusal {
  status: number;
  words: string;
  /** Milliseconds for which GitLab wants us to stay away, where it says so. */
  delay?: number;
}

/** The next step for whoever reads the error; GitLab's own words stand before it. */
export function adviseOn({ status, words, delay }: Refusal, needs: Needs): string {
  const when = !delay ? "later" : `in ${Math.ceil(delay / 1000)} s`;
  if (status === 401) {
    const scope = needs.scope === "" ? "" : ` with scope ${needs.scope} or api`;
    return `GitLab does not accept the token (mistyped, expired or revoked?): make a new one${scope} (${EXPIRED})`;
  }
  if (status === 403 && words.startsWith("insufficient_scope")) {
    return `The token lacks the scope ${needs.scope} (api includes it): make one that has it (${SCOPES})`;
  }
  if (status === 403) return `The token's user lacks the right: ${needs.role}, or an administrator, may do this`;
  if (status === 404) return "GitLab knows no such record, or hides it from the token's user";
  if (status === 429)
    return `GitLab limits the rate of requests: try again ${when}, or ask an administrator for a higher limit`;
  if (status === 503) return `GitLab is down or in maintenance: try again ${when}`;
  if (status >= 500)
    return "GitLab failed on its side: try again; if it stays, its administrator finds the cause in its log";
  return "Change the argument that GitLab names";
}

/** The next step where the proxy wants to know who asks. */
export function adviseOnProxy(variable = "HTTPS_PROXY"): string {
  return `The proxy that ${variable} names wants a user name and password: write it as http://NAME:PASSWORD@HOST:PORT`;
}

/** The next step where no complete answer came. */
export function adviseOnNetwork(code: string, proxyVariable: string | undefined): string {
  if (/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNKNOWN_CA/.test(code)) {
    return "The other side did not accept how we introduced ourselves: does it want a client certificate (clientCert and clientKey)?";
  }
  if (/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code)) {
    return "Its certificate is not trusted: give the file of the CA that issued it (cacertFile), and check the address";
  }
  if (/^(ERR_SSL_|ERR_TLS_|EPROTO|HPE_)/.test(code)) {
    return "Does the address begin with the right one of https:// and http://, and with the host that the certificate names?";
  }
  const proxy = proxyVariable === undefined ? "HTTPS_PROXY, NO_PROXY" : `the proxy comes from ${proxyVariable}`;
  return `Check the address, the network and the proxy settings (${proxy})`;
}

/** GitLab's error in one line, from any of the body shapes that it uses; the status text where the body says nothing. */
export function readWords(status: number, body: unknown): string {
  const words = findWords(body);
  return words === "" ? (STATUS_CODES[status] ?? "no reason given") : words;
}

/** Whether a text is a web page, such as a proxy or a login shows: GitLab's API has none but where it is down. */
function isPage(body: unknown): body is string {
  return typeof body === "string" && /^\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b/is.test(body);
}

/** What a reader would see of a page. */
function readPage(page: string): string {
  return page
    .replace(/<!--.*?-->|<(style|script)\b.*?<\/\1>/gis, " ")
    .replace(/<[^>]*>/g, " ")
    .trim();
}

function findWords(body: unknown): string {
  if (isPage(body)) return readPage(body);
  if (typeof body === "string") return body.trim();
  if (typeof body !== "object" || body === null) return "";
  const { error, error_description, message } = body as Record<string, unknown>;
  if (error_description) return `${error}: ${error_description}`;
  const said = message ?? error;
  return typeof said === "object" && said !== null ? describeFields(said) : String(said ?? "");
}

/** `{"tags_list": ["a", "b"]}` -> `tags_list a; b`. */
function describeFields(fields: object): string {
  return Object.entries(fields)
    .map(([field, texts]) => `${field === "error" ? "" : `${field} `}${[texts].flat().join("; ")}`)
    .join(", ");
}
