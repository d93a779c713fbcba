/** How many requests one caller may make in a period, as GitLab's user and IP rate limits. */
export interface Throttle {
  requests: number;
  periodSeconds: number;
}

/** What an administrator can set on the instance, and which GitLab the stand-in plays. Change it at any time. */
export interface Settings {
  /** What `GET /version` and `GET /metadata` tell. What GitLab got later than this version is not there. */
  version: string;
  revision: string;
  /** False plays the Community Edition: no `token_expires_at` on create, no rotation deadline. */
  enterprise: boolean;
  /** The address that GitLab was configured with, in links and `web_url`; null is the address it listens on. */
  externalUrl: string | null;
  /** What an unknown runner is answered with: newest code, or that of GitLab 18. */
  runnerNotFoundMessage: "404 Runner Not Found" | "404 Not found";
  /** With Admin Mode an administrator's token needs the scope `admin_mode`, else its user counts as an ordinary one. */
  adminMode: boolean;
  /** Whether a registration token may still register a runner (`POST /runners`). */
  allowRunnerRegistrationToken: boolean;
  /** The instance's registration token. */
  registrationToken: string;
  /** Whose users may create runners; administrators always may. */
  validRunnerRegistrars: ("group" | "project")[];
  /** Seconds until the token of a new instance, group or project runner expires; null is never. */
  runnerTokenExpirationInterval: number | null;
  groupRunnerTokenExpirationInterval: number | null;
  projectRunnerTokenExpirationInterval: number | null;
  /** The form of new authentication tokens: of GitLab 18, of 17 (`glrt-t1_…`), or of 16 (`glrt-…`). */
  runnerTokenForm: "routable" | "typed" | "plain";
  /** The instance's own prefix before all tokens, as `acme` in `acme-glrt-…`; empty is none. */
  instanceTokenPrefix: string;
  /** How many runners that were active within a week one group or project may have. */
  registeredGroupRunnersLimit: number;
  registeredProjectRunnersLimit: number;
  /** Requests to `POST /jobs/request` per minute and runner token; 0 is no limit. */
  runnerJobsRequestApiLimit: number;
  /** How long GitLab takes for each field of a GraphQL answer, in milliseconds: after 30 s a query is ended. Nothing waits. */
  graphqlFieldMs: number;
  /** Limits per user, and per address without a user; null is off, as on a new instance. */
  authenticatedThrottle: Throttle | null;
  unauthenticatedThrottle: Throttle | null;
  /** Reading works, writing is answered with 503. */
  maintenanceMode: boolean;
  /** A Geo secondary: reading works, writing is answered with 403. */
  readOnly: boolean;
  /** Database migrations run: everything that runners themselves ask is answered with 429. */
  migrationBackoff: boolean;
  /** Where `GET /runners/router/discovery` sends runners; null is "not available". */
  jobRouterUrl: string | null;
}

/** A new instance, version 18.11, Enterprise Edition. */
export function defaultSettings(): Settings {
  return {
    version: "18.11.0-ee",
    revision: "3e1f0c9a7b2",
    enterprise: true,
    externalUrl: null,
    runnerNotFoundMessage: "404 Runner Not Found",
    adminMode: false,
    allowRunnerRegistrationToken: true,
    registrationToken: "",
    validRunnerRegistrars: ["project", "group"],
    runnerTokenExpirationInterval: null,
    groupRunnerTokenExpirationInterval: null,
    projectRunnerTokenExpirationInterval: null,
    runnerTokenForm: "routable",
    instanceTokenPrefix: "",
    registeredGroupRunnersLimit: 1000,
    registeredProjectRunnersLimit: 1000,
    runnerJobsRequestApiLimit: 2000,
    graphqlFieldMs: 0,
    authenticatedThrottle: null,
    unauthenticatedThrottle: null,
    maintenanceMode: false,
    readOnly: false,
    migrationBackoff: false,
    jobRouterUrl: null,
  };
}
