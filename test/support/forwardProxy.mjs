// @ts-check
// A forward proxy by npm's package `proxy`; prints its port, and writes one line per request into its log.
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { createProxy } from "proxy";

/** @type {{ log: string, credentials?: string, refuses?: number }} */
const options = JSON.parse(process.argv[2] ?? "");

const { lookup } = dns;
// As a company's proxy knows names that nobody outside knows.
dns.lookup = /** @type {typeof lookup} */ (
  /** @type {unknown} */ (
    (/** @type {string} */ host, /** @type {never[]} */ ...rest) =>
      lookup(host.endsWith(".test") ? "127.0.0.1" : host, .../** @type {[never, never]} */ (rest))
  )
);
syncBuiltinESMExports();

const proxy = createProxy();
proxy.authenticate = (request) => {
  const expected = `Basic ${Buffer.from(options.credentials ?? "").toString("base64")}`;
  return options.credentials === undefined || request.headers["proxy-authorization"] === expected;
};
if (options.refuses !== undefined) {
  proxy.removeAllListeners("connect");
  proxy.on("connect", (_request, socket) => {
    socket.end(
      `HTTP/1.1 ${options.refuses} Not here\r\nContent-Type: application/json\r\n\r\n{"message":"404 Not Found"}`,
    );
  });
}
for (const event of ["request", "connect"]) {
  proxy.prependListener(event, ({ method, url }) => appendFileSync(options.log, `${method} ${url}\n`));
}
proxy.listen(0, "127.0.0.1", () => {
  const address = proxy.address();
  console.log(typeof address === "object" ? address?.port : address);
});
