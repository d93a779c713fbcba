import * as pulumi from "@pulumi/pulumi";
import { refuseBigInts } from "./bigInts.js";
import { withoutInnerFrames } from "./callSites.js";

/** How a resource of this package is registered. */
export interface Registration {
  /** One of the modules of `lifecycle/`, as a whole: its text in state is then one `require`. */
  lifecycle: pulumi.dynamic.ResourceProvider;
  /** The last part of its URN type. */
  type: string;
  name: string;
  /** Arguments, and every output as `undefined`: else Pulumi never resolves it. */
  props: pulumi.Inputs;
  opts: pulumi.CustomResourceOptions | undefined;
  secretOutputs: string[];
}

/**
 * What the resources of this package have in common. Their registration goes without the stack traces that Pulumi's SDK
 * notes for each property, to name the origin of a promise that never ends: with them a program of 100 runners takes half
 * a second more (`npm run bench -- engine`). Where the program made the resource is noted in state without our frames and
 * Pulumi's, which say nothing and are a third of it. An error keeps its trace.
 */
export abstract class DeclaredResource extends pulumi.dynamic.Resource {
  constructor({ lifecycle, type, name, props, opts, secretOutputs }: Registration) {
    refuseBigInts(props);
    const options = pulumi.mergeOptions(opts, { additionalSecretOutputs: secretOutputs });
    const { stackTraceLimit, prepareStackTrace } = Error;
    Error.stackTraceLimit = 0;
    Error.prepareStackTrace = withoutInnerFrames(prepareStackTrace);
    try {
      super(lifecycle, name, props, options, "gitlab-runner", type);
    } catch (error) {
      Object.assign(Error, { stackTraceLimit, prepareStackTrace });
      if (error instanceof Error) Error.captureStackTrace(error, new.target);
      throw error;
    } finally {
      Object.assign(Error, { stackTraceLimit, prepareStackTrace });
    }
  }
}
