/**
 * The control door: under this prefix, which GitLab does not use, tests in other processes read and set what the
 * stand-in knows. No token is needed, bodies are JSON objects, nothing here is logged, and no fault hits it. A request
 * that cannot be is refused with 400 (404 for an unknown id) and `{"error": …}`.
 *
 * | Route | What it does |
 * |---|---|
 * | `GET /` | lists all routes |
 * | `GET /state` | everything: settings, clock, planted tokens and all records |
 * | `GET /requests?method=&path=&status=` | the log of requests, all or those that fit |
 * | `GET /requests/wait?method=&path=&status=&timeoutMs=` | waits for one that fits; 408 when none came |
 * | `DELETE /requests` | clears the log |
 * | `GET /clock`, `PUT /clock` | `{ now, advanceSeconds, stopped }` |
 * | `GET /faults`, `POST /faults`, `DELETE /faults`, `DELETE /faults/:id` | as `FaultSpec`, without `mangle` and regular expressions |
 * | `GET /settings`, `PUT /settings` | as `Settings`; only what is sent changes |
 * | `GET /next-tokens`, `PUT /next-tokens` | `{ tokens: ["glrt-…"] }` |
 * | `POST /access-tokens` | a project or group access token, as `NewAccessToken` |
 * | `GET /users`, `POST /users` | all of them, or a new one; so for `tokens`, `groups`, `projects`, `members`, `runners` and `jobs` |
 * | `GET /users/:id`, `PATCH /users/:id`, `DELETE /users/:id` | one of them; so for the same |
 */
export const CONTROL_PREFIX = "/-/stand-in";
