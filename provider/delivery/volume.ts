import { DeliveryError, joinVolume } from "./host.js";

/** A file in a volume of Docker, as it is asked for. */
export interface VolumePath {
  volume: string;
  path: string | undefined;
  where: string;
}

/** Why the folder of a volume was not found. */
export function explainVolume({ volume, path, where }: VolumePath, words: string): DeliveryError {
  const what = `cannot be found: the Docker volume ${volume}${where} cannot be used (${words || "no reason was given"})`;
  return new DeliveryError(joinVolume(volume, path), what, adviseVolume(words));
}

function adviseVolume(words: string): string {
  if (/not found|ENOENT/i.test(words)) return "The command docker is needed there, on the PATH";
  if (/permission denied|EACCES/i.test(words)) return "Who runs there must be root, or may not ask Docker";
  if (/folder is not there/.test(words))
    return "Docker may run elsewhere (DOCKER_HOST, Docker Desktop), or only root may see it: run as root on Docker's own machine";
  return "Look at Docker there";
}
