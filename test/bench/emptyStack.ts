import { mkdirSync, writeFileSync } from "node:fs";
import { TestStack } from "../support/stack.js";

/** The least that a dynamic resource can be: its provider is a module of an installed package, as ours is. */
const PROVIDER = `
  Object.defineProperty(exports, "__esModule", { value: true });
  exports.check = async (olds, news) => ({ inputs: news });
  exports.diff = async () => ({ changes: false });
  exports.create = async () => ({ id: "1", outs: {} });
  exports.read = async (id, props) => ({ id, props });
  exports.update = async () => ({ outs: {} });
  exports.delete = async () => {};
`;

/** A stack of so many resources that do nothing: what a resource costs in any case. */
export function makeEmptyStack(count: number): TestStack {
  const stack = new TestStack();
  const folder = stack.path("project/node_modules/empty-provider");
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, '{ "name": "empty-provider", "version": "1.0.0", "main": "index.js" }');
  writeFileSync(`${folder}/index.js`, PROVIDER);
  stack.program(`
    const provider = require("empty-provider");
    class Empty extends pulumi.dynamic.Resource {
      constructor(name) { super(provider, name, {}, undefined, "bench", "Empty"); }
    }
    for (let i = 0; i < ${count}; i++) new Empty("empty-" + i);
  `);
  return stack;
}

/** One write of state at the end instead of one for each resource: for a stack that is only there to be measured. */
export const QUICK = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
