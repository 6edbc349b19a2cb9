// node-ical: what MagicMirror and other boards in JavaScript show.

import ical from "node-ical";
import { isBusy, tell } from "./telling_busy.mjs";

const DAYS = 3 * 86_400_000;

function timesIn(text, since, until) {
  const range = { from: new Date(since - DAYS), to: new Date(+until + DAYS), expandOngoing: true };
  return Object.values(ical.sync.parseICS(text))
    .filter((component) => component.type === "VEVENT")
    .flatMap((event) => ical.expandRecurringEvent(event, range))
    .filter(({ event, isFullDay }) => isBusy(event.status, event.transparency, isFullDay))
    .map(({ start, end }) => [start, end]);
}

tell(timesIn);
