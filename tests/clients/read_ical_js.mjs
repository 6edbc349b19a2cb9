// ical.js: what Thunderbird and Nextcloud see.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

// Undecodable bytes and a byte order mark are errors, as in many programs.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function eventsIn(text) {
  const parsed = ICAL.parse(text);
  if (parsed[0] !== "vcalendar") throw new Error("the file is not one calendar");
  return new ICAL.Component(parsed).getAllSubcomponents("vevent").map(seen);
}

function seen(event) {
  if (event.hasProperty("rrule") || event.hasProperty("rdate")) {
    throw new Error("the file holds an event which repeats");
  }
  return [
    event.getFirstPropertyValue("uid"),
    unixSeconds(event.getFirstPropertyValue("dtstart")),
    unixSeconds(event.getFirstPropertyValue("dtend")),
    event.getFirstPropertyValue("summary"),
  ];
}

function unixSeconds(moment) {
  // ical.js finds the file's own VTIMEZONE; what stays local has none.
  if (moment.isDate || moment.zone === ICAL.Timezone.localTimezone) {
    throw new Error(`${moment} has no zone, or one the file does not hold`);
  }
  return moment.toUnixTime();
}

for (const path of process.argv.slice(2)) {
  const events = eventsIn(utf8.decode(readFileSync(path)));
  process.stdout.write(`${JSON.stringify(events)}\n`);
}
