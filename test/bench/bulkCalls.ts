import { Agent, type ClientRequest, request } from "node:http";
import { json } from "node:stream/consumers";

/** Which calls to send, and how many of them side by side. */
export interface Plan {
  url: string;
  token: string;
  count: number;
  width: number;
}

/** As long as the mark that a creation leaves in its note. */
const NOTE = "m".repeat(120);

/**
 * The calls that the creation of runners takes, by Node's own client: the token's scopes and the runners that are there
 * are asked for, then each is created, and asked for.
 */
export async function sendAll({ url, token, count, width }: Plan): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const call = (method: string, path: string, body?: object): Promise<{ id: number }> =>
    new Promise((resolve, reject) => {
      const headers = {
        Authorization: `Bearer ${token}`,
        Accept: "application/json",
        "Content-Type": "application/json",
      };
      const sent: ClientRequest = request(`${url}/api/v4${path}`, { method, agent, headers }, (reply) => {
        json(reply).then((answer) => {
          if ((reply.statusCode ?? 0) < 300) resolve(answer as { id: number });
          else reject(new Error(`${method} ${path}: ${reply.statusCode}`));
        }, reject);
      });
      sent.on("error", reject).end(body && JSON.stringify(body));
    });
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next++;
      const attributes = { description: `runner-${index}`, tag_list: ["docker", `t${index}`], maintenance_note: NOTE };
      const body = { runner_type: "instance_type", ...attributes };
      const { id } = await call("POST", "/user/runners", body);
      await call("GET", `/runners/${id}`);
    }
  };
  const start = performance.now();
  await call("GET", "/personal_access_tokens/self");
  await call("GET", "/runners/all?type=instance_type&page=1&per_page=100");
  await Promise.all(Array.from({ length: width }, work));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return seconds;
}

if (process.send) {
  process.once("message", (plan: Plan) => {
    void sendAll(plan).then((seconds) => process.send?.(seconds, () => process.disconnect()));
  });
}
