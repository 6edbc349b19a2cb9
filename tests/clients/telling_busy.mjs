// What the programs in JavaScript share: a line of JSON for each line [path, first day, last day].

import { readFileSync } from "node:fs";

// Write each file's busy times as [start, end] in Unix seconds, or the name of an error.
export function tell(timesIn) {
  const lines = readFileSync(0, "utf-8").split("\n").filter(Boolean);
  for (const [path, first, last] of lines.map((line) => JSON.parse(line))) {
    const [since, until] = [first, last].map((day) => new Date(`${day}T00:00:00`)); // TZ is home
    process.stdout.write(`${JSON.stringify(told(path, since, until, timesIn))}\n`);
  }
}

function told(path, since, until, timesIn) {
  try {
    const times = timesIn(readFileSync(path, "utf-8"), since, until)
      .filter(([start, end]) => start < end && start < until && since < end)
      .map((time) => time.map((moment) => moment.getTime() / 1000));
    return times;
  } catch (error) {
    return error.name ?? "Error";
  }
}

// The rules that a reader of busy times has whatever the program: a birthday is free.
export function isBusy(status, transparency, wholeDay) {
  if (`${status}`.toUpperCase() === "CANCELLED") return false;
  if (`${transparency}`.toUpperCase() === "TRANSPARENT") return false;
  return !wholeDay || `${transparency}`.toUpperCase() === "OPAQUE";
}
