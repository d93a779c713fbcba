import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openScene, roles, type Scene, scopes } from "./matrixScene.js";

const FIXTURE = join(__dirname, "../../../test/fixtures/matrix.csv");

/** One endpoint with its parameters, and who gets which answer. */
interface Row {
  section: string;
  request: string;
  /** As a form; `Name: value` is a header. */
  parameters: string;
  /** The scopes that open it; `*` is every one, `-` asks no user at all. */
  scopes: string;
  answer: string;
  allowed: string;
  refusal: string;
  refused: string;
  hidden: string;
  unseen: string;
}

interface Case {
  row: Row;
  role: string;
  /** Null sends no token. */
  scope: string | null;
  expected: string;
}

/** The endpoints of §3 to §7, as the reference has them. */
const endpoints = [
  "POST /user/runners",
  "GET /runners",
  "GET /runners/all",
  "GET /projects/:/runners",
  "GET /groups/:/runners",
  "GET /runners/:",
  "GET /runners/:/managers",
  "GET /runners/:/projects",
  "GET /runners/:/jobs",
  "PUT /runners/:",
  "DELETE /runners/:",
  "POST /projects/:/runners",
  "DELETE /projects/:/runners/:",
  "POST /runners/:/reset_authentication_token",
  "POST /runners/reset_authentication_token",
  "POST /runners/reset_registration_token",
  "POST /projects/:/runners/reset_registration_token",
  "POST /groups/:/runners/reset_registration_token",
  "POST /runners",
  "DELETE /runners",
  "POST /runners/verify",
  "DELETE /runners/managers",
  "POST /jobs/request",
  "GET /runners/router/discovery",
  "GET /version",
  "GET /metadata",
  "GET /personal_access_tokens/self",
];

const unauthorized = "401 401 Unauthorized";

function readRows(): Row[] {
  const [head = "", ...lines] = readFileSync(FIXTURE, "utf8").trim().split("\n");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    assert.equal(cells.length, names.length, line);
    return Object.fromEntries(names.map((name, index) => [name, cells[index]])) as unknown as Row;
  });
}

const words = (text: string) => text.split(" ").filter((word) => word !== "");

/** Every row with every role that it names, every scope of §1.2, and no token. */
function listCases(row: Row): Case[] {
  const expectations: [string, string][] = [
    ...words(row.allowed).map((role): [string, string] => [role, row.answer]),
    ...words(row.refused).map((role): [string, string] => [role, row.refusal]),
    ...words(row.unseen).map((role): [string, string] => [role, row.hidden]),
  ];
  return expectations.flatMap(([role, answer]) =>
    [...scopes, null].map((scope) => ({ row, role, scope, expected: expectation(row, scope, answer) })),
  );
}

function expectation(row: Row, scope: string | null, answer: string): string {
  if (row.scopes === "-") return answer;
  if (scope === null) return unauthorized;
  return row.scopes === "*" || words(row.scopes).includes(scope) ? answer : "403 insufficient_scope";
}

/** Whether an answer is the expected one: the status, and the text where the table has one. */
async function disagreement(scene: Scene, one: Case): Promise<string | null> {
  const { status, text } = await scene.send(one.row, one);
  const [wantedStatus = "", ...wantedWords] = one.expected.split(" ");
  const isSame = String(status) === wantedStatus && (wantedWords.length === 0 || wantedWords.join(" ") === text);
  const who = `${one.role} with ${one.scope ?? "no token"}`;
  return isSame
    ? null
    : `${one.row.section} ${one.row.request} ${one.row.parameters} by ${who}: ${status} ${text}, not ${one.expected}`;
}

describe("stand-in GitLab: the matrix of endpoints, scopes and roles", () => {
  const rows = readRows();

  it("names the § of every row, all sections from §3 to §7, every scope and every role", () => {
    for (const row of rows) assert.match(row.section, /^§\d(\.\d)?$/, JSON.stringify(row));
    const sections = new Set(rows.map((row) => row.section.slice(0, 2)));
    for (const section of ["§3", "§4", "§5", "§6", "§7"]) assert.ok(sections.has(section), section);
    const named = new Set(rows.flatMap((row) => words(`${row.allowed} ${row.refused} ${row.unseen}`)));
    assert.deepEqual([...named].sort(), [...roles].sort());
    const opening = new Set(rows.flatMap((row) => words(row.scopes)));
    for (const scope of opening) assert.ok(["*", "-", ...scopes].includes(scope), scope);
  });

  it("has a row for every endpoint of §3 to §7", () => {
    const covered = new Set(rows.map(({ request }) => toEndpoint(request)));
    assert.deepEqual(
      endpoints.filter((endpoint) => !covered.has(endpoint)),
      [],
    );
  });

  it("agrees in every case", async function () {
    this.timeout(240_000);
    const scene = await openScene();
    const cases = rows.flatMap(listCases);
    const disagreements: string[] = [];
    for (const one of cases) disagreements.push(...[await disagreement(scene, one)].flatMap((found) => found ?? []));
    console.log(`      ${rows.length} rows, ${cases.length} cases, ${disagreements.length} disagreements`);
    assert.deepEqual(disagreements, []);
  });
});

function toEndpoint(request: string): string {
  return request.replace(/\{[^}]+\}/g, ":");
}
