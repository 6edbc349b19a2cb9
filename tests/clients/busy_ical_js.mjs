// ical.js: what Thunderbird and Nextcloud show.

import ICAL from "ical.js";
import { isBusy, tell } from "./telling_busy.mjs";

function timesIn(text, since, until) {
  const parsed = ICAL.parse(text);
  const calendars = Array.isArray(parsed[0]) ? parsed : [parsed];
  return calendars.flatMap((calendar) => ofCalendar(new ICAL.Component(calendar), until));
}

function ofCalendar(calendar, until) {
  const components = calendar.getAllSubcomponents("vevent");
  const events = components.map((component) => new ICAL.Event(component));
  const masters = events.filter((event) => !event.isRecurrenceException());
  const known = new Set(masters.map((event) => event.uid));
  const alone = events.filter((event) => event.isRecurrenceException() && !known.has(event.uid));
  return [...masters, ...alone].flatMap((event) => ofEvent(event, until));
}

function ofEvent(event, until) {
  if (!event.isRecurring()) return times(event, event.startDate, event.endDate);
  const iterator = event.iterator();
  const found = [];
  for (let next = iterator.next(); next; next = iterator.next()) {
    if (next.toJSDate() > until) break;
    const { startDate, endDate, item } = event.getOccurrenceDetails(next);
    found.push(...times(item, startDate, endDate));
  }
  return found;
}

function times(event, start, end) {
  const [status, transparency] = ["status", "transp"].map((name) =>
    event.component.getFirstPropertyValue(name),
  );
  return isBusy(status, transparency, start.isDate) ? [[start.toJSDate(), end.toJSDate()]] : [];
}

tell(timesIn);
