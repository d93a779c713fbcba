import { isParams } from "../http/params.js";
import type { ParamType } from "../rest/declare.js";
import { flag, integer, oneOf, someOf, text } from "../rest/paramTypes.js";
import type { Settings, Throttle } from "../world/settings.js";
import { tokenLife } from "./moreTypes.js";
import { given, nullable } from "./strictParams.js";

const throttle: ParamType<Throttle> = {
  read: (raw) => {
    if (raw === null) return { value: null };
    if (!isParams(raw)) return { problem: "is invalid" };
    const { requests, periodSeconds } = raw;
    const valid = typeof requests === "number" && typeof periodSeconds === "number" && periodSeconds > 0;
    return valid ? { value: { requests, periodSeconds } } : { problem: "is invalid" };
  },
};

const interval = nullable(tokenLife);

/** What can be set of the instance. */
export const settingsParams: { [K in keyof Settings]: ReturnType<typeof nullable> } = {
  version: given(text),
  revision: given(text),
  enterprise: given(flag),
  externalUrl: nullable(text),
  runnerNotFoundMessage: nullable(oneOf(["404 Runner Not Found", "404 Not found"])),
  adminMode: given(flag),
  allowRunnerRegistrationToken: given(flag),
  registrationToken: given(text),
  validRunnerRegistrars: given(someOf(["group", "project"])),
  runnerTokenExpirationInterval: interval,
  groupRunnerTokenExpirationInterval: interval,
  projectRunnerTokenExpirationInterval: interval,
  runnerTokenForm: nullable(oneOf(["routable", "typed", "plain"])),
  instanceTokenPrefix: given(text),
  registeredGroupRunnersLimit: given(integer),
  registeredProjectRunnersLimit: given(integer),
  runnerJobsRequestApiLimit: given(integer),
  graphqlFieldMs: given(integer),
  authenticatedThrottle: nullable(throttle),
  unauthenticatedThrottle: nullable(throttle),
  addressThrottle: nullable(throttle),
  jobsRequestAddressThrottle: nullable(throttle),
  maintenanceMode: given(flag),
  readOnly: given(flag),
  migrationBackoff: given(flag),
  jobRouterUrl: nullable(text),
};
