import type { JsonMap } from "@iarna/toml";
import { encodeConfiguration } from "../../provider/config/encode.js";
import { readConfigFile } from "../../provider/config/file.js";
import { mergeTemplate, readTemplate } from "../../provider/config/template.js";
import type { Table } from "../../provider/config/value.js";
import type { BenchOptions, Figures } from "./main.js";

const ENTRIES = 1000;
const RUNS = 9;

const TEMPLATE = `[[runners]]
  output_limit = 8192
  environment = ["CI_DEBUG=0", "LANG=C.UTF-8"]
  [runners.cache]
    Type = "s3"
    Shared = true
    [runners.cache.s3]
      ServerAddress = "s3.example.com"
      BucketName = "cache"
  [runners.docker]
    memory = "2g"
    volumes = ["/builds", "/cache"]
    pull_policy = ["if-not-present"]
    [runners.docker.sysctls]
      "net.core.somaxconn" = "1024"
    [[runners.docker.services]]
      name = "postgres:16"
`;

function makeEntry(number: number): Table {
  return {
    name: `runner-${number}`,
    url: "https://gitlab.example.com",
    id: BigInt(number),
    token: `glrt-fake-${number}`,
    executor: "docker",
    limit: BigInt(number % 7),
    docker: { image: `alpine:3.${number % 21}`, privileged: number % 2 === 0, dns: ["10.0.0.1", "10.0.0.2"] },
  };
}

/** What a run of the whole path costs: the text read as the Runner does, each entry filled, the text written. */
function renderOurs(text: string): string {
  const { globals, entries } = readConfigFile(text);
  const template = readTemplate(TEMPLATE).entry;
  return encodeConfiguration({ ...globals, runners: entries.map((entry) => mergeTemplate(entry, template)) });
}

/** The same texts and data for the other library: it reads what we read, and writes what we write. */
function prepareTheirs(text: string, rendered: string): () => string {
  const { parse, stringify } = require("@iarna/toml") as typeof import("@iarna/toml");
  const data = parse(rendered) as JsonMap;
  return () => {
    parse(text);
    return stringify(data);
  };
}

function time(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** 1,000 entries parsed, merged and rendered; beside @iarna/toml, which reads and writes the same. */
export async function benchRender(_: BenchOptions): Promise<Figures> {
  const runners = Array.from({ length: ENTRIES }, (_value, index) => makeEntry(index + 1));
  const text = encodeConfiguration({ concurrent: 10n, runners });
  const rendered = renderOurs(text);
  const renderTheirs = prepareTheirs(text, rendered);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    ours.push(time(() => renderOurs(text)));
    theirs.push(time(renderTheirs));
  }
  const ms = median(ours);
  console.log(
    `${ENTRIES} entries, ${text.length} characters in, ${rendered.length} out; medians of ${RUNS} interleaved runs`,
  );
  return {
    name: "render",
    n: ENTRIES,
    ms: round(ms, 0),
    theirMs: round(median(theirs), 0),
    ratio: round(ms / median(theirs), 2),
  };
}
