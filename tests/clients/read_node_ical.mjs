// node-ical: what MagicMirror and other boards in JavaScript see.
//
// It goes by a zone's IANA name and takes its times from Intl: a VTIMEZONE of five hours more
// under the name Europe/Berlin changed nothing. So all that is asked of the file's zone is that
// it is there.

import ical from "node-ical";
import { count, tell } from "./telling.mjs";

function eventsIn(text) {
  const components = Object.values(ical.sync.parseICS(text));
  const events = components.filter((component) => component.type === "VEVENT");
  // It loses what comes before a second calendar, and of two events with one UID shows the later.
  if (count(text, "VCALENDAR") !== 1 || count(text, "VEVENT") !== events.length) {
    throw new Error("the file is not one calendar, or holds a UID twice");
  }
  const zones = components.filter((component) => component.type === "VTIMEZONE");
  const names = new Set(["Etc/UTC", ...zones.map((zone) => zone.tzid)]);
  return events.map((event) => seen(event, names));
}

function seen(event, zones) {
  if (event.rrule || event.rdate) throw new Error("the file holds an event which repeats");
  // Where the file tells no end, it takes the start for one.
  if (!(event.end > event.start)) throw new Error("the file holds an event without an end");
  return [event.uid, unixSeconds(event.start, zones), unixSeconds(event.end, zones), event.summary];
}

function unixSeconds(moment, zones) {
  // A floating time gets some zone that looks like the file's: of Berlin's it made Africa/Ceuta.
  if (moment.dateOnly || !zones.has(moment.tz)) {
    throw new Error(`${moment.tz} is no zone, or one the file does not hold`);
  }
  return moment.getTime() / 1000;
}

tell(eventsIn);
