import { GitLabCallError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import type { RunnerView } from "../../gitlab/runnerQueries.js";
import type { CreateReply, Place, RunnerReference } from "../../gitlab/runners.js";
import { formatSeconds, now } from "../clock.js";
import { connect } from "../connection.js";
import { PartialFailure } from "../method.js";
import { notify } from "../notice.js";
import { toCreateRequest, toRegistration } from "./attributes.js";
import { findFlow } from "./flow.js";
import { makeGeneration, remember } from "./held.js";
import type { Adoption, RunnerInputs } from "./inputs.js";
import { markerFor } from "./marker.js";
import { takePlace } from "./otherForm.js";
import { listSecrets, nameOf, refer, tellAbout } from "./reference.js";
import { nameArguments } from "./refusal.js";
import { placeOf } from "./scope.js";
import { type RunnerState, showReply } from "./state.js";

/** Tells what GitLab has of a runner. */
type Look = (client: GitLabClient, runner: RunnerReference) => Promise<RunnerView>;

/** Brings a runner into the stack, by the way that its arguments ask for. */
export async function bringIn(inputs: RunnerInputs): Promise<RunnerState> {
  const { getRunner } = await import("../../gitlab/runners.js");
  const client = await connect();
  return finish(client, await make(client, inputs), getRunner);
}

/** The same as far as to what must not get lost: what GitLab made of the arguments is known only of what was there before. */
export async function make(client: GitLabClient, inputs: RunnerInputs): Promise<RunnerState> {
  const state = await bringInAlone(client, inputs);
  remember(state);
  takePlace(state);
  return state;
}

/** What is left to do for a runner that was just brought in. */
export async function finish(client: GitLabClient, made: RunnerState, look: Look): Promise<RunnerState> {
  // What is adopted is not changed, and what is used only is not read.
  if (made.adoption !== undefined || made.isElsewhere) return made;
  const state = made.applied ? made : await addApplied(client, made, look);
  if (state.sharedProjectIds === undefined) return state;
  const { shareRunner } = await import("./projects.js");
  return shareRunner(client, state, []);
}

async function bringInAlone(client: GitLabClient, inputs: RunnerInputs): Promise<RunnerState> {
  switch (findFlow(inputs)) {
    case "adopt": {
      const { adoptRunner } = await import("./adoption.js");
      return adoptRunner(client, inputs as RunnerInputs & { adopt: Adoption });
    }
    case "use": {
      const { useRunner } = await import("./use.js");
      return useRunner(client, inputs);
    }
    case "register":
      return register(client, inputs as RunnerInputs & { registrationToken: string });
    case "create":
      return createAnew(client, inputs);
  }
}

async function register(
  client: GitLabClient,
  inputs: RunnerInputs & { registrationToken: string },
): Promise<RunnerState> {
  const { registerRunner } = await import("../../gitlab/registration.js");
  const secrets = listSecrets(inputs);
  const send = (marked: RunnerInputs) =>
    registerRunner(client, inputs.registrationToken, { attributes: toRegistration(marked), secrets });
  // Only the token decides whose runner it is, so it may be found anywhere.
  return createMarked(client, inputs, { place: {}, send });
}

async function createAnew(client: GitLabClient, inputs: RunnerInputs): Promise<RunnerState> {
  const { createRunner } = await import("../../gitlab/runners.js");
  const send = async (marked: RunnerInputs) => {
    const reply = await createRunner(client, toCreateRequest(marked), tellAbout(inputs));
    tellOfExpiry(inputs, reply);
    return reply;
  };
  return createMarked(client, inputs, { place: placeOf(inputs), send });
}

/** A GitLab that does not know the argument ignores it, and the token lives as long as any other. */
function tellOfExpiry(inputs: RunnerInputs, { id, token_expires_at: expires }: CreateReply): void {
  const { initialTokenExpiresAt: wanted } = inputs;
  if (wanted === undefined || wanted === null) return;
  if (expires && Date.parse(expires) === Date.parse(wanted)) return;
  const instead = expires ? `expires at ${expires} instead` : "never expires";
  notify(
    `${nameOf({ ...inputs })}: initialTokenExpiresAt was not taken: the token of runner ${id} ${instead}. ` +
      "It needs GitLab Premium or Ultimate, 18.10 or later",
  );
}

interface Way {
  place: Place;
  send: (marked: RunnerInputs) => Promise<CreateReply>;
}

async function createMarked(client: GitLabClient, inputs: RunnerInputs, { place, send }: Way): Promise<RunnerState> {
  const generation = makeGeneration();
  const sendWith = async (maintenanceNote: string | undefined) => {
    const marked = maintenanceNote === undefined ? inputs : { ...inputs, maintenanceNote };
    const reply = await nameArguments(send(marked));
    return describeCreated({ ...inputs, generation }, client.connection.address, reply);
  };
  const marker = markerFor(inputs, generation);
  if (marker === undefined) return sendWith(inputs.maintenanceNote);
  const { createSafely } = await import("./safeCreation.js");
  return createSafely(client, { inputs, marker, place }, sendWith);
}

/** What must not get lost from the moment at which GitLab has answered: id and token. */
function describeCreated(inputs: RunnerInputs & { generation: string }, url: string, reply: CreateReply): RunnerState {
  return {
    ...inputs,
    schemaVersion: 1,
    url,
    runnerId: reply.id,
    token: reply.token,
    tokenExpiresAt: reply.token_expires_at ?? null,
    tokenObtainedAt: formatSeconds(now()),
  };
}

/** GitLab's answer to a creation shows no attributes, so they are asked for. */
async function addApplied(client: GitLabClient, state: RunnerState, look: Look): Promise<RunnerState> {
  try {
    const reply = await look(client, refer(String(state.runnerId), state));
    return { ...state, applied: showReply(client, state, reply) };
  } catch (error) {
    if (!(error instanceof GitLabCallError)) throw error;
    throw describeUnread(state, `could not be read back: ${error.message}`, error);
  }
}

/** A runner that is there, and of which nothing more is known. */
export function describeUnread(state: RunnerState, why: string, cause?: GitLabCallError): PartialFailure {
  const id = String(state.runnerId);
  const reason = `runner ${id} was created and is kept in state, but ${why}. Run "pulumi up" again`;
  // Projects are assigned after the look: what state has of them counts as done.
  const properties = { ...state, ...(state.sharedProjectIds && { sharedProjectIds: [] }) };
  return Object.assign(new PartialFailure(id, properties, reason), { cause });
}
