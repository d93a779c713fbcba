/** How many requests one caller may make in a period, as GitLab's user and IP rate limits. */
export interface Throttle {
  requests: number;
  periodSeconds: number;
}

/** The forms that authentication tokens have had. */
export type RunnerTokenForm = "routable" | "typed" | "plain";

/** What an administrator can set on the instance, and which GitLab the stand-in plays. Change it at any time. */
export interface Settings {
  /** What `GET /version` and `GET /metadata` tell. What GitLab got later than this version is not there. */
  version: string;
  revision: string;
  /** False plays the Community Edition: no `token_expires_at` on create, no rotation deadline. */
  enterprise: boolean;
  /** The address that GitLab was configured with, in links and `web_url`; null is the address it listens on. */
  externalUrl: string | null;
  /** What an unknown runner is answered with: null goes by the version. */
  runnerNotFoundMessage: "404 Runner Not Found" | "404 Not found" | null;
  /** With Admin Mode an administrator's token needs the scope `admin_mode`, else its user counts as an ordinary one. */
  adminMode: boolean;
  /** Whether a registration token may still register a runner (`POST /runners`). */
  allowRunnerRegistrationToken: boolean;
  /** The instance's registration token. */
  registrationToken: string;
  /** Whose users may create runners; administrators always may. */
  validRunnerRegistrars: ("group" | "project")[];
  /** Seconds until the token of a new instance, group or project runner expires, at least 7200; null is never. */
  runnerTokenExpirationInterval: number | null;
  groupRunnerTokenExpirationInterval: number | null;
  projectRunnerTokenExpirationInterval: number | null;
  /** The form of new authentication tokens: of GitLab 18, of 17.7 (`glrt-t1_…`), or of 16 (`glrt-…`). Null goes by the version. */
  runnerTokenForm: RunnerTokenForm | null;
  /** The instance's own prefix before all tokens, as `acme` in `acme-glrt-…` (from GitLab 18.6 on); empty is none. */
  instanceTokenPrefix: string;
  /** How many runners that were active within a week one group or project may have. */
  registeredGroupRunnersLimit: number;
  registeredProjectRunnersLimit: number;
  /** Requests to `POST /jobs/request` per minute and runner token; 0 is no limit. */
  runnerJobsRequestApiLimit: number;
  /** How long GitLab takes for each field of a GraphQL answer, in milliseconds: after 30 s a query is ended. Nothing waits. */
  graphqlFieldMs: number;
  /**
   * Limits per user, and per address without a user; null is off, as on a new instance. Once they are on, GitLab's own
   * numbers are 7,200 and 3,600 an hour.
   */
  authenticatedThrottle: Throttle | null;
  unauthenticatedThrottle: Throttle | null;
  /** The limit of all requests from one address, and that of requests for jobs by one token from one address: GitLab.com's. */
  addressThrottle: Throttle | null;
  jobsRequestAddressThrottle: Throttle | null;
  /** Reading works, writing is answered with 503. */
  maintenanceMode: boolean;
  /** A Geo secondary: reading works, writing is answered with 403. */
  readOnly: boolean;
  /** Database migrations run: everything that runners themselves ask is answered with 429. */
  migrationBackoff: boolean;
  /** Where `GET /runners/router/discovery` sends runners; null is "not available". */
  jobRouterUrl: string | null;
}

/** The shortest life of tokens that an administrator, a group or a project can set, in seconds. */
export const SHORTEST_TOKEN_LIFE = 7200;

/**
 * Settings that throw a RangeError where GitLab would refuse a value. A token that lives shorter is made past the settings:
 * `createRunner({ tokenExpiresAt })`, `runners.update(id, { tokenExpiresAt })`, or by the clock.
 */
export function guardSettings(settings: Settings): Settings {
  for (const [name, value] of Object.entries(settings)) checkSetting(name, value);
  return new Proxy(settings, {
    set: (target, name, value) => {
      checkSetting(String(name), value);
      return Reflect.set(target, name, value);
    },
  });
}

function checkSetting(name: string, value: unknown): void {
  const isTooShort = typeof value === "number" && value < SHORTEST_TOKEN_LIFE;
  if (!/TokenExpirationInterval$/.test(name) || !isTooShort) return;
  throw new RangeError(`${name} must be at least ${SHORTEST_TOKEN_LIFE} seconds`);
}

/** A new instance, version 19.2, Enterprise Edition. */
export function defaultSettings(): Settings {
  return {
    version: "19.2.0-ee",
    revision: "3e1f0c9a7b2",
    enterprise: true,
    externalUrl: null,
    runnerNotFoundMessage: null,
    adminMode: false,
    allowRunnerRegistrationToken: true,
    registrationToken: "",
    validRunnerRegistrars: ["project", "group"],
    runnerTokenExpirationInterval: null,
    groupRunnerTokenExpirationInterval: null,
    projectRunnerTokenExpirationInterval: null,
    runnerTokenForm: null,
    instanceTokenPrefix: "",
    registeredGroupRunnersLimit: 1000,
    registeredProjectRunnersLimit: 1000,
    runnerJobsRequestApiLimit: 2000,
    graphqlFieldMs: 0,
    authenticatedThrottle: null,
    unauthenticatedThrottle: null,
    addressThrottle: null,
    jobsRequestAddressThrottle: null,
    maintenanceMode: false,
    readOnly: false,
    migrationBackoff: false,
    jobRouterUrl: null,
  };
}

/** The limits of GitLab.com, to start a stand-in with: `startGitLab({ settings: gitlabComLimits })`. */
export const gitlabComLimits: Readonly<Partial<Settings>> = {
  authenticatedThrottle: { requests: 2000, periodSeconds: 60 },
  unauthenticatedThrottle: { requests: 500, periodSeconds: 60 },
  addressThrottle: { requests: 2000, periodSeconds: 60 },
  runnerJobsRequestApiLimit: 2000,
  jobsRequestAddressThrottle: { requests: 2400, periodSeconds: 60 },
};
