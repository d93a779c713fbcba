import type { Core } from "../core.js";
import type { Params } from "../http/params.js";
import { flag, integer, oneOf, text, texts, time } from "../rest/paramTypes.js";
import { badParameters } from "../rest/refusal.js";
import { roles } from "../world/access.js";
import type { Clock } from "../world/clock.js";
import { addAccessToken } from "../world/people.js";
import type { TokenRecord } from "../world/records.js";
import type { World } from "../world/world.js";
import type { ControlRoute } from "./routes.js";
import { settingsParams } from "./settingsParams.js";
import { given, nullable, readStrict } from "./strictParams.js";

const clockParams = { now: given(time), advanceSeconds: given(integer), stopped: given(flag) };
const accessTokenParams = {
  projectId: given(integer),
  groupId: given(integer),
  role: given(oneOf(roles)),
  scopes: given(texts),
  name: given(text),
  token: given(text),
  expiresAt: nullable(time),
};

/** The clock, the instance's settings, planted tokens, and tokens of projects and groups. */
export function settingRoutes(core: Core): ControlRoute[] {
  const { world } = core;
  const ok = (body: unknown) => ({ status: 200, body });
  return [
    { method: "GET", path: "/clock", answer: () => ok(showClock(world.clock)) },
    { method: "PUT", path: "/clock", answer: ({ params }) => ok(setClock(world.clock, params)) },
    { method: "GET", path: "/settings", answer: () => ok(world.settings) },
    { method: "PUT", path: "/settings", answer: ({ params }) => ok(setSettings(world, params)) },
    { method: "GET", path: "/next-tokens", answer: () => ok({ tokens: world.nextTokens }) },
    { method: "PUT", path: "/next-tokens", answer: ({ params }) => ok({ tokens: plantTokens(world, params) }) },
    {
      method: "POST",
      path: "/access-tokens",
      answer: ({ params }) => ({ status: 201, body: createAccessToken(world, params) }),
    },
  ];
}

function showClock(clock: Clock): Params {
  return { now: clock.now(), stopped: clock.stopped };
}

function setClock(clock: Clock, params: Params): Params {
  const { now, advanceSeconds, stopped } = readStrict(clockParams, params);
  if (now instanceof Date) clock.set(now);
  if (typeof advanceSeconds === "number") clock.advance({ seconds: advanceSeconds });
  if (stopped === true && !clock.stopped) clock.stop();
  if (stopped === false && clock.stopped) clock.resume();
  return showClock(clock);
}

function setSettings(world: World, params: Params): unknown {
  return Object.assign(world.settings, readStrict(settingsParams, params));
}

function plantTokens(world: World, params: Params): string[] {
  const { tokens } = readStrict({ tokens: given(texts) }, params);
  world.nextTokens.splice(0, Number.POSITIVE_INFINITY, ...(Array.isArray(tokens) ? tokens.map(String) : []));
  return world.nextTokens;
}

function createAccessToken(world: World, params: Params): TokenRecord {
  const fresh = readStrict(accessTokenParams, params);
  try {
    return addAccessToken(world, fresh);
  } catch (error) {
    throw badParameters([error instanceof Error ? error.message : String(error)]);
  }
}
