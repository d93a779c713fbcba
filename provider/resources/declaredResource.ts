import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../errors.js";
import { withoutInnerFrames } from "./callSites.js";
import { findUncarriable } from "./carriable.js";
import { refuse } from "./refuse.js";

/** How a resource of this package is registered. */
export interface Registration {
  /** The last part of its URN type. */
  type: string;
  /** Which module of `lifecycle/` is its provider; see {@link describeProvider}. */
  provider: string;
  name: string;
  /** Arguments, and every output as `undefined`: else Pulumi never resolves it. */
  props: pulumi.Inputs;
  opts: pulumi.CustomResourceOptions | undefined;
  secretOutputs: string[];
}

/**
 * What the resources of this package have in common: they are Pulumi's dynamic resources. Their registration goes without
 * the stack traces that Pulumi's SDK notes for each property, to name the origin of a promise that never ends: with them a
 * program of 100 runners takes half a second more (`npm run bench -- engine`). Where the program made the resource is noted
 * in state without our frames and Pulumi's, which say nothing and are a third of it. An error keeps its trace.
 */
export abstract class DeclaredResource extends pulumi.CustomResource {
  constructor({ type, provider, name, props, opts, secretOutputs }: Registration) {
    refuse(`${type} ${name}`, [...findUncarriable(props), ...findImport(type, opts)]);
    const options = pulumi.mergeOptions(opts, { additionalSecretOutputs: secretOutputs });
    const { stackTraceLimit, prepareStackTrace } = Error;
    Error.stackTraceLimit = 0;
    Error.prepareStackTrace = withoutInnerFrames(prepareStackTrace);
    try {
      const all = { ...props, __provider: describeProvider(provider) };
      super(`pulumi-nodejs:dynamic/gitlab-runner:${type}`, name, all, options);
    } catch (error) {
      Object.assign(Error, { stackTraceLimit, prepareStackTrace });
      if (error instanceof Error) Error.captureStackTrace(error, new.target);
      throw error;
    } finally {
      Object.assign(Error, { stackTraceLimit, prepareStackTrace });
    }
  }
}

/** What does for a resource what `import` does for others. */
const INSTEAD: Readonly<Record<string, string>> = {
  Runner: "give adopt: { runnerId, token } in place of it",
  RunnerSet: "give the items adopt: { runnerId, token } in place of it",
  ConfigToml:
    'leave it out, since a file whose entries are all declared is taken over ("pulumi-gitlab-runner import-config" writes the program)',
};

/** Pulumi would ask the provider for the resource, whose code it takes from the resource's state: it ends with an error of its own. */
function findImport(type: string, opts: pulumi.CustomResourceOptions | undefined): Problem[] {
  if (opts?.import === undefined) return [];
  const instead = INSTEAD[type] ?? "leave it out";
  return [{ path: "import", message: `is nothing that Pulumi can do with a dynamic resource: ${instead}` }];
}

/**
 * The code of a dynamic resource's provider, as it stands in state and as Pulumi's plugin runs it: byte for byte what
 * `pulumi.dynamic.Resource` makes of a module of an installed package. To make it, that one parses its own source with the
 * TypeScript compiler, for each class of resource, which takes a quarter of a second of each program; and from a package that
 * is linked into its project it would copy all code into state.
 */
function describeProvider(module: string): string {
  return `exports.handler = __f0;
const provider = require("pulumi-gitlab-runner/lifecycle/${module}");

function __f0() {
  return (function() {
    with({ this: undefined, arguments: undefined }) {

return () => provider;

    }
  }).apply(undefined, undefined).apply(this, arguments);
}
`;
}
