import type { Reply } from "../../http/reply.js";
import { addToken, addUser } from "../../world/people.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { atLeastOneOf, optional, readParams, required } from "../declare.js";
import { ownUser, userAdministration } from "../gates.js";
import { flag, integer, someOf, text, time } from "../paramTypes.js";
import { forbidden, notFound, refuse } from "../refusal.js";
import { showAccessToken } from "../represent/token.js";
import { showUserInFull } from "../represent/user.js";

/** Every scope that a personal access token can have. */
const scopes = [
  "api",
  "read_api",
  "read_user",
  "read_repository",
  "write_repository",
  "read_registry",
  "write_registry",
  "read_virtual_registry",
  "write_virtual_registry",
  "read_service_ping",
  "create_runner",
  "manage_runner",
  "ai_features",
  "k8s_proxy",
  "self_rotate",
  "sudo",
  "admin_mode",
] as const;

const userDeclaration = {
  email: required(text),
  password: optional(text),
  reset_password: optional(flag),
  name: required(text),
  username: required(text),
  force_random_password: optional(flag),
  admin: optional(flag),
  auditor: optional(flag),
  skip_confirmation: optional(flag),
};
const withPassword = atLeastOneOf(["password", "reset_password", "force_random_password"]);

const tokenDeclaration = {
  user_id: required(integer),
  name: required(text),
  description: optional(text),
  expires_at: optional(time),
  scopes: required(someOf(scopes)),
};

/** Who one is; and making users and their tokens, as an administrator. */
export const peopleRoutes: Route[] = [
  userRoute("GET", "/user", { gate: ownUser, answer: getUser }),
  userRoute("POST", "/users", { gate: userAdministration("create_user"), answer: createUser }),
  userRoute("POST", "/users/:user_id/personal_access_tokens", {
    gate: userAdministration("create_user_personal_access_token"),
    answer: createToken,
  }),
];

function getUser({ world, caller }: UserCall): Reply {
  // Where Admin Mode took the powers away, GitLab does not tell of them.
  return { status: 200, body: { ...showUserInFull(world, caller.user), is_admin: caller.admin } };
}

function createUser(call: UserCall): Reply {
  const { world } = call;
  const declared = readParams(userDeclaration, call.params, [withPassword]);
  if (!call.caller.admin) throw forbidden();
  const { email, username, name, admin, auditor } = declared;
  if (!email || !username || !name) throw refuse(400, blankProblems({ email, username, name }));
  const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  if (world.users.first((user) => sameText(user.email, email))) throw refuse(409, "Email has already been taken");
  if (world.users.first((user) => sameText(user.username, username))) {
    throw refuse(409, "Username has already been taken");
  }
  const user = addUser(world, { email, username, name, admin: admin ?? false, auditor: auditor ?? false });
  return { status: 201, body: showUserInFull(world, user) };
}

function createToken(call: UserCall): Reply {
  const { world } = call;
  const declared = readParams(tokenDeclaration, call.params);
  if (!call.caller.admin) throw forbidden();
  const user = world.users.find(declared.user_id ?? 0);
  if (user === undefined) throw notFound("User");
  const token = addToken(world, {
    userId: user.id,
    name: declared.name ?? "",
    description: declared.description ?? null,
    scopes: declared.scopes ?? [],
    // Without a date GitLab gives the longest life that it allows.
    expiresAt: declared.expires_at ?? new Date(world.clock.now().getTime() + 365 * 24 * 60 * 60 * 1000),
  });
  return { status: 201, body: { ...showAccessToken(world, token), token: token.token } };
}

function blankProblems(fields: Record<string, string | null | undefined>): Record<string, string[]> {
  const blank = Object.entries(fields).filter(([, value]) => !value);
  return Object.fromEntries(blank.map(([name]) => [name, ["can't be blank"]]));
}
