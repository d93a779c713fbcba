import type { Params } from "../http/params.js";
import type { ManagerInfo } from "../world/runners.js";
import { crash } from "./refusal.js";

const LEGACY_SYSTEM_ID = "<legacy>";
const MAX_SYSTEM_ID = 64;

/** The system id of a request. Runners before 15.11 send none, and get a manager of a fixed name. */
export function readSystemId(systemId: string | null | undefined): string {
  if (!systemId) return LEGACY_SYSTEM_ID;
  if (systemId.length > MAX_SYSTEM_ID) throw crash();
  return systemId;
}

/** What a machine tells about itself in `info`; parts that are empty are left as they are known. */
export function readManagerInfo(info: Params | null | undefined): ManagerInfo {
  const read = (name: string) => {
    const value = info?.[name];
    return typeof value === "string" && value !== "" ? { [name]: value } : {};
  };
  return { ...read("version"), ...read("revision"), ...read("platform"), ...read("architecture") };
}
