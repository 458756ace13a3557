import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The name of the program on this platform. */
const NAME = process.platform === "win32" ? "copydesk.exe" : "copydesk";

/** Where package managers put the program in a workspace. */
const IN_WORKSPACE = ["node_modules/.bin", ".venv/bin", ".venv/Scripts", "venv/bin"];

/** Where the program may be. */
export interface Places {
  /** What the user's setting names. */
  setting: string;
  /** The folders that are open, if they are trusted. */
  folders: string[];
  /** The folder of the extension. */
  extension: string;
}

/** The program and where it was found; undefined where there is none. */
export function findBinary(places: Places): { path: string; from: string } | undefined {
  if (places.setting !== "") {
    return { path: places.setting, from: "the setting copydesk.path" };
  }
  for (const folder of places.folders) {
    const found = IN_WORKSPACE.map((place) => join(folder, place, NAME)).find(isProgram);
    if (found) {
      return { path: found, from: "the workspace" };
    }
  }
  const onPath = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const installed = onPath.map((folder) => join(folder, NAME)).find(isProgram);
  if (installed) {
    return { path: installed, from: "the PATH" };
  }
  const bundled = join(places.extension, "bin", NAME);
  return isProgram(bundled) ? { path: bundled, from: "the extension" } : undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
