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

/** So many runners fit a query, by what GitLab allows it, and so many queries are sent side by side. */
const QUERY = { runners: 26, width: 8 };

/** What is looked at together. */
const LOOK = 200;

const ATTRIBUTES = "description maintenanceNote paused locked accessLevel runUntagged tagList maximumTimeout";

/** How many queries tell what GitLab made of so many runners. */
export function countQueries(count: number): number {
  const inOne = (runners: number) => Math.ceil(runners / QUERY.runners);
  return Math.floor(count / LOOK) * inOne(LOOK) + inOne(count % LOOK);
}

/** Does all, so many at a time. */
async function doAll<T>(tasks: readonly T[], width: number, act: (task: T) => Promise<unknown>): Promise<void> {
  const queue = [...tasks];
  const work = async () => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) await act(task);
  };
  await Promise.all(Array.from({ length: width }, work));
}

function split<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
}

function writeQuery(ids: readonly number[]): string {
  const fields = ids.map((id) => `r${id}: runner(id: "gid://gitlab/Ci::Runner/${id}") { ...A }`);
  return `query runners { ${fields.join(" ")} } fragment A on CiRunner { ${ATTRIBUTES} }`;
}

/**
 * The calls that the creation of runners takes, by Node's own client: the token's scopes and the runners that are there
 * are asked for, then each is created; what GitLab made of them is asked for many at once.
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
      const sent: ClientRequest = request(`${url}/api/${path}`, { method, agent, headers }, (reply) => {
        json(reply).then((answer) => {
          if ((reply.statusCode ?? 0) < 300) resolve(answer as { id: number });
          else reject(new Error(`${method} ${path}: ${reply.statusCode}`));
        }, reject);
      });
      sent.on("error", reject).end(body && JSON.stringify(body));
    });
  const ids: number[] = [];
  const create = async (index: number) => {
    const attributes = { description: `runner-${index}`, tag_list: ["docker", `t${index}`], maintenance_note: NOTE };
    const { id } = await call("POST", "v4/user/runners", { runner_type: "instance_type", ...attributes });
    ids.push(id);
  };
  const ask = (some: number[]) => call("GET", `graphql?query=${encodeURIComponent(writeQuery(some))}`);
  const start = performance.now();
  await call("GET", "v4/personal_access_tokens/self");
  await call("GET", "v4/runners/all?type=instance_type&page=1&per_page=100");
  await doAll([...Array(count).keys()], width, create);
  for (const some of split(ids, LOOK)) await doAll(split(some, QUERY.runners), QUERY.width, ask);
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return seconds;
}

if (process.send) {
  process.once("message", (plan: Plan) => {
    void sendAll(plan).then((seconds) => process.send?.(seconds, () => process.disconnect()));
  });
}
