// @nextcloud/calendar-js: what Nextcloud's import and its editor see, after their repairs.

import { getParserManager } from "@nextcloud/calendar-js";
import { count, tell } from "./telling.mjs";

function eventsIn(text) {
  // Several calendars are repaired into one.
  if (count(text, "VCALENDAR") !== 1) throw new Error("the file is not one calendar");
  const parser = getParserManager().getParserForFileType("text/calendar");
  parser.parse(text);
  return [...parser.getItemIterator()].flatMap((item) => [...item.getEventIterator()].map(seen));
}

function seen(event) {
  if (event.hasProperty("rrule") || event.hasProperty("rdate")) {
    throw new Error("the file holds an event which repeats");
  }
  // It would make up an end.
  if (!event.hasProperty("dtend")) throw new Error("the file holds an event without an end");
  return [event.uid, unixSeconds(event.startDate), unixSeconds(event.endDate), event.title];
}

function unixSeconds(moment) {
  // Only a zone out of the file is more than a name; a whole day and a floating time have none.
  if (moment.timezoneId !== "UTC" && !moment.getICALTimezone().component) {
    throw new Error(`${moment.timezoneId} is no zone, or one the file does not hold`);
  }
  return moment.unixTime;
}

tell(eventsIn);
