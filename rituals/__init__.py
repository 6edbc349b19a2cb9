"""The thinking of Leavewell, without a screen: a map in words, in reading order.

text       what somebody wrote, clean for a file and short inside a sentence of ours
household  two partners, their hours, kinds of time and strands, as frozen values
ritual     what they do on purpose, again and again
week       an ISO week
plan       a week's season, hopes, choices and occurrences, and what stands in it
totals     the minutes a week hopes for, plans and asks
calendar   calendars that are read, and those that are told of a week
windows    weekdays and local hours as a ritual's notation writes them
spans      half-open stretches of time and their algebra
day_parts  when a morning or an evening is
weeks      weeks, days and local hours as instants; summer time lives there and nowhere else
words      hours, days and titles as a couple reads them
catalogue  the rituals we suggest, read from data/catalogue.toml
guides     how a week gets into other calendar programs, read from data/guides.toml
context    what a week is planned around
coverage   who has the children, minute by minute
stretch    how long each ritual lasts and how often it comes, so that the hopes are met
wanted     what looks for a slot, and what it is placed around
ground     a week in slots of five minutes, and who is free in each
scene      everywhere a week's rituals could lie on it
wishes     what makes one legal week better than another: points, each with its sentence
solver     the legal week with the fewest points, proven
reasons    why a ritual lies where it lies, and what is in the way of one that does not
placement  a slot for each ritual, or the reason why there is none
suggest    which way a ritual takes this time, what would be new, what both would love
plans      every change a couple makes to a week, from a plan to the changed plan
agreed     what both said yes to, and what is a proposal still
thought    who thinks of which ritual this week
lived      what a couple says of a week, and which weeks rest
undone     a change taken back alone: what another changed since stays
otherwise  what one set and is otherwise now because the other set it too, in one sentence
balance    hoped, planned and lived hours by strand and week, as tidy frames
behind     the weeks behind as they were said, on the household's clock
observing  one true sentence about them
strands    each strand through the weeks with a calm line, and the two partners side by side
rhythm     when in the week the two of you were together
history    which rituals are lived, which rest, which were never tried
years      the hours together in each week of many years
summary    weeks and rituals in short, as a store counts them
theme      the look all charts have: colours, axes, frame
charts     those rows as altair charts: the weeks and each strand
glances    the charts that take in many weeks at once
sheets     the numbers of a chart as rows and columns, to read and to take along
pictures   a chart as a PNG or SVG file
lettering  letters on paper: which font has each of them, and in which order they stand
stationery a sheet of paper: its size, its letters, the marks of the kinds of time
paper      a week for the fridge, as a PDF of one page
season_paper  thirteen weeks on one page, as a PDF
taken      what calendars were told of the weeks, and what they have not heard of yet
surprises  what lies in a drawer, known to its giver alone; what covers it, when it is revealed
acts       small acts of love, and one of them drawn
noticed    what one of the two noticed about the other, for now or for later
tables     the tables of the store
rows       the rows of those tables as the model's values, and back
faults     what a file, a disk or the system says when it refuses, in words
private    files that nobody else on the machine can read, put in their place whole
paths      the folders beside the program
copies     copies of a store as files: made while it is in use, compared, found again
databases  SQLite and PostgreSQL: one instant to read, one lock to write, and plain words
upgrades   a store as today's program wants it: looked at, kept, brought up to date
known      what was read of a store, for as long as nothing in it changed
storage    the couple's store: loading and saving
covers     all that is written of surprises in the clear, and what it keeps free
planning_context  what a week is planned around, as the store holds it
moving     a whole household from one store into another, compared row by row
backups    backups kept by themselves each Sunday, looked at, and put back
zips       the files in a zip, whoever made it
readable   the rows of the tables as JSON that people can read, and back
sound      whether rows that come from outside make sense
everything  all of it in one zip: taken out, looked at, put back
emptying   everything deleted for good
wished     what each would love, marked apart from each other
past       many weeks at once as sums made by the store
ics        occurrences as a calendar file
files      weeks as such a file: what is in it, and what the ledger knows once it is taken
checklist  what is taken along, in words, and what only a hand can do in a calendar
feeds      what an audience's calendars read again and again, at an address or in a folder
repeats    the rules by which outside events repeat: how often, and how much work that is
blocks     the events of an outside calendar file as raw text: which to read, and why not
busy       an outside calendar file as busy times
fetch      an outside calendar from its address
sample     one couple and some weeks of their life: the demo and the tests' common example
server     a calendar on a CalDAV server: looked at, read and written
outlook    what a server and the plans do not agree on
publish    the weeks on such a server, and what was changed there back in the plan
errand     one errand there: look, bring back, take there
outlook_words  what is new on either side, and what came of an errand, in words
passwords  the servers' passwords, in the system's keyring
sealing    what one pair of eyes may read, and the locks of its key
drawers    the drawers in the store: sealed, changed, tried with a PIN, read at an address
door       the passphrase for the home network: its hash, and how long a wrong one waits
calendars  an outside calendar taken in: read, and its busy times kept
commands   what the commands share, how they tell a plan; calendars, files, servers, paper and
           looking back, moving, safe keeping
__main__   the command line

A page asks (storage), thinks (plans, suggest, balance), shows (charts) and keeps (storage).
No module here imports streamlit or opens a file that it was not handed; commands.edge alone reads
a clock.
"""
