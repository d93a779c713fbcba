import { type ClientRequest, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { type ConnectionOptions, rootCertificates } from "node:tls";
import type { AxiosProxyConfig } from "axios";
import type { HttpsProxyAgent } from "https-proxy-agent" with { "resolution-mode": "import" };
import { type Environment, type ForwardProxy, findProxy } from "./proxy.js";
import { readTls, type TlsOptions, type TlsSettings } from "./tls.js";

/** How requests travel: over connections that are kept, straight or by a proxy. */
export interface Transport {
  httpAgent: HttpAgent;
  httpsAgent: HttpAgent;
  /** Only for `http:`; for `https:` the agent makes a tunnel. */
  proxy: AxiosProxyConfig | false;
  /** The variable that names the proxy. */
  via?: string;
}

type ConnectOptions = Parameters<HttpsProxyAgent<string>["connect"]>[1];

/** The code of a request that a proxy did not let through: it has not reached GitLab. */
export const PROXY_REFUSED = "EPROXYREFUSED";

/** Straight to GitLab, with Node's own trust. */
export function makeDirectTransport(tls: TlsOptions = {}): Transport {
  const keepAlive = true;
  return { httpAgent: new HttpAgent({ keepAlive }), httpsAgent: new HttpsAgent({ keepAlive, ...tls }), proxy: false };
}

/**
 * As the settings and the environment say.
 * @throws InvalidInputError when a file or a proxy variable cannot be used
 */
export async function openTransport(
  address: string,
  settings: TlsSettings | undefined,
  environment: Environment,
): Promise<Transport> {
  const tls = readTls(settings);
  const target = new URL(address);
  const proxy = findProxy(target, environment);
  const direct = makeDirectTransport(tls);
  if (!proxy) return direct;
  if (target.protocol === "http:") return { ...direct, proxy: describeProxy(proxy), via: proxy.variable };
  return { ...direct, httpsAgent: await makeTunnel(proxy, tls), via: proxy.variable };
}

function describeProxy({ url }: ForwardProxy): AxiosProxyConfig {
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const auth = { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  return { protocol: url.protocol, host: url.hostname, port, ...(url.username ? { auth } : {}) };
}

/** The library is loaded only where there is a proxy: most users need none. */
async function makeTunnel({ url }: ForwardProxy, tls: TlsOptions): Promise<HttpAgent> {
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  class Tunnel extends HttpsProxyAgent<string> {
    override async connect(request: ClientRequest, options: ConnectOptions) {
      let answer = { statusCode: 0, statusText: "" };
      request.once("proxyConnect", (connect: typeof answer) => {
        answer = connect;
      });
      const socket = await super.connect(request, { ...options, ...tls });
      if (answer.statusCode === 200) return socket;
      socket.destroy();
      // The library would pass the proxy's refusal off as GitLab's answer.
      const words = `the proxy answered ${`${answer.statusCode} ${answer.statusText}`.trim()}`;
      throw Object.assign(new Error(words), { code: PROXY_REFUSED });
    }
  }
  return new Tunnel(url.href, { keepAlive: true, ...trustOfProxy(tls) });
}

/** A proxy may have its certificate from the own CA or from a public one. */
function trustOfProxy({ ca }: TlsOptions): ConnectionOptions {
  return ca ? { ca: [...rootCertificates, ca.toString()] } : {};
}
