import * as pulumi from "@pulumi/pulumi";

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
 * a second more (`npm run bench -- engine`). An error keeps its trace.
 */
export abstract class DeclaredResource extends pulumi.dynamic.Resource {
  constructor({ lifecycle, type, name, props, opts, secretOutputs }: Registration) {
    const options = pulumi.mergeOptions(opts, { additionalSecretOutputs: secretOutputs });
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      super(lifecycle, name, props, options, "gitlab-runner", type);
    } catch (error) {
      Error.stackTraceLimit = stackTraceLimit;
      if (error instanceof Error) Error.captureStackTrace(error, new.target);
      throw error;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }
}
