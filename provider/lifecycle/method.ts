import { isDeepStrictEqual } from "node:util";
import { describeProblem, GitLabRunnerError, InvalidInputError, type Problem } from "../errors.js";
import { atWork } from "./engine.js";

/** Inputs or outputs of a resource as the engine passes them. */
export type Properties = Record<string, unknown>;

/** Where Pulumi keeps the text of a resource's provider; it is no setting. */
const PROVIDER = "__provider";

/** Properties without what Pulumi adds to them. */
export function withoutProvider(properties: Properties): Properties {
  const { [PROVIDER]: _, ...rest } = properties;
  return rest;
}

/**
 * Properties from state, as far as this release knows its form.
 * @throws InvalidInputError where a later release wrote it: what is new in it would be lost, a token among it
 */
export function stateOf(properties: Properties, newest: number): Properties {
  const { schemaVersion = newest } = properties;
  if (typeof schemaVersion === "number" && schemaVersion <= newest) return withoutProvider(properties);
  const message =
    `its state has the form ${schemaVersion}, of a later release of pulumi-gitlab-runner; this one knows forms up to ` +
    `${newest}, so nothing was done. Install the release that wrote it, or a later one`;
  throw new InvalidInputError([{ path: "", message }]);
}

/**
 * The value as it can travel to the engine: JSON, and nothing `undefined` - which would fail the step after the real
 * work was done.
 */
export function toWire<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

/**
 * Something was made in GitLab or on a host, and a later step failed: the engine keeps `id` and `properties` in state
 * and reports the reasons, so that nothing is lost.
 */
export class PartialFailure extends GitLabRunnerError {
  readonly reasons: string[];

  constructor(
    readonly id: string,
    readonly properties: Properties,
    ...reasons: string[]
  ) {
    super(reasons.join("\n"));
    this.properties = toWire(properties);
    this.reasons = reasons;
  }
}

/**
 * A provider method as the engine may call it. The engine prints an error's message; Pulumi's plugin prints the stack
 * too, which helps only with a bug of ours.
 */
export function asMethod<Arguments extends unknown[], Result>(
  method: (...args: Arguments) => Promise<Result>,
): (...args: Arguments) => Promise<Result> {
  return async (...args) => {
    try {
      return toWire(await atWork(() => method(...args)));
    } catch (error) {
      if (error instanceof PartialFailure) keepProvider(error, args.at(-1));
      if (error instanceof GitLabRunnerError) hideStack(error);
      throw error;
    }
  };
}

/** Pulumi adds the provider to what a method returns, and not to this: without it nobody could read or delete the resource. */
function keepProvider({ properties }: PartialFailure, given: unknown): void {
  const { [PROVIDER]: provider } = given as Properties;
  if (provider !== undefined) properties[PROVIDER] = provider;
}

function hideStack(error: Error): void {
  Object.defineProperty(error, "stack", { value: "the resource's own error says why", configurable: true });
  Object.defineProperty(error, "toString", { value: () => error.name });
}

/**
 * Whether these inputs lie in state already: then they were checked when they came there, and the count of their secrets
 * is right. Most resources of most runs are such, and need not load what checks.
 */
export function isCheckedAlready(olds: Properties, inputs: Properties): boolean {
  const { secretVersions, ...former } = withoutProvider(olds);
  return Object.keys(former).length > 0 && isDeepStrictEqual(former, toWire(inputs));
}

/** Problems as check failures. The engine prints the value of a property that a failure names, so they name none. */
export function failChecks(problems: readonly Problem[]): { property: string; reason: string }[] {
  return problems.map((problem) => ({ property: "", reason: describeProblem(problem) }));
}
