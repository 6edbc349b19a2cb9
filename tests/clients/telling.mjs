// What the readers in JavaScript share: a line of JSON on stdout for each file they are given.

import { readFileSync } from "node:fs";

// Undecodable bytes and a byte order mark are errors, as in many programs.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// Write what a reader sees in each file, as [uid, start, end, summary] with Unix seconds.
export function tell(eventsIn) {
  for (const path of process.argv.slice(2)) {
    process.stdout.write(`${JSON.stringify(seenIn(path, eventsIn))}\n`);
  }
}

function seenIn(path, eventsIn) {
  try {
    return eventsIn(utf8.decode(readFileSync(path)));
  } catch (error) {
    throw new Error(`in ${path}`, { cause: error });
  }
}

// How many components of a name a text begins; for libraries that quietly merge them.
export function count(text, component) {
  return text.split(/\r?\n/).filter((line) => line === `BEGIN:${component}`).length;
}
