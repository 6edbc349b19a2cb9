// ical.js: what Thunderbird and Nextcloud see.

import ICAL from "ical.js";
import { tell } from "./telling.mjs";

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

tell(eventsIn);
