BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0022');
CREATE TABLE aside (
	rule VARCHAR(40) NOT NULL, 
	PRIMARY KEY (rule)
);
INSERT INTO "aside" VALUES('best weekday');
CREATE TABLE attempts (
	network VARCHAR(64) NOT NULL, 
	count INTEGER NOT NULL, 
	last DATETIME NOT NULL, 
	PRIMARY KEY (network)
);
CREATE TABLE busy (
	calendar VARCHAR(36) NOT NULL, 
	number INTEGER NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME NOT NULL, 
	title VARCHAR(120) NOT NULL, 
	whole_day BOOLEAN NOT NULL, free BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (calendar, number), 
	FOREIGN KEY(calendar) REFERENCES calendars (id) ON DELETE CASCADE
);
INSERT INTO "busy" VALUES('1',0,'2026-11-24 08:00:00.000000','2026-11-24 09:00:00.000000','Team',0,0);
CREATE TABLE calendars (
	id VARCHAR(36) NOT NULL, 
	partner VARCHAR(8) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	origin VARCHAR(8) NOT NULL, 
	"where" TEXT NOT NULL, 
	titles BOOLEAN NOT NULL, 
	whole_days BOOLEAN NOT NULL, 
	on_opening BOOLEAN NOT NULL, 
	read DATETIME, 
	skipped TEXT NOT NULL, 
	longest INTEGER NOT NULL, away BOOLEAN DEFAULT 0 NOT NULL, addresses TEXT, open_is_busy BOOLEAN DEFAULT 1 NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "calendars" VALUES('1','one','work.ics','file','work.ics',1,0,0,NULL,'',60,0,NULL,1);
CREATE TABLE choices (
	week VARCHAR(8) NOT NULL, 
	ritual VARCHAR(80) NOT NULL, 
	partner VARCHAR(8) NOT NULL, 
	times INTEGER NOT NULL, 
	position INTEGER NOT NULL, most INTEGER DEFAULT '0' NOT NULL, by_hand BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (week, ritual, partner), 
	FOREIGN KEY(week) REFERENCES weeks (week) ON DELETE CASCADE
);
INSERT INTO "choices" VALUES('2026-W48','late-talk','',1,0,2,0);
CREATE TABLE covers (
	id VARCHAR(36) NOT NULL, 
	week VARCHAR(8) NOT NULL, 
	giver VARCHAR(8) NOT NULL, 
	line VARCHAR(120) NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "covers" VALUES('0d0c2b8e-0f7b-4f5e-8d53-1b7a3c9f2a33','2026-W48','one','Keep Thursday evening free','2026-11-26 17:00:00.000000','2026-11-26 22:00:00.000000');
CREATE TABLE differences (
	id VARCHAR(36) NOT NULL, 
	what VARCHAR(16) NOT NULL, 
	partner VARCHAR(8) NOT NULL, 
	first DATE NOT NULL, 
	last DATE NOT NULL, 
	start TIME, 
	"end" TIME, 
	nights BOOLEAN NOT NULL, 
	place VARCHAR(120) NOT NULL, 
	event VARCHAR(120) NOT NULL, 
	told DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE door (
	id INTEGER NOT NULL, 
	passphrase TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "door" VALUES(1,'argon2id$dead$beef','2026-11-22 20:00:00.000000');
CREATE TABLE drawers (
	partner VARCHAR(8) NOT NULL, 
	pin TEXT NOT NULL, 
	recovery TEXT NOT NULL, 
	content BLOB NOT NULL, 
	tries INTEGER NOT NULL, 
	until DATETIME, 
	token VARCHAR(64) NOT NULL, 
	feed BLOB NOT NULL, 
	PRIMARY KEY (partner)
);
INSERT INTO "drawers" VALUES('one','v1$8$aa$bb','v1$8$cc$dd',X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F',2,'2026-11-22 20:00:00.000000','',X'');
CREATE TABLE earlier (
	week VARCHAR(8) NOT NULL, 
	usual TEXT NOT NULL, 
	PRIMARY KEY (week)
);
INSERT INTO "earlier" VALUES('2026-W48','{"children": true, "zone": "Europe/Berlin", "week_starts": 0, "clock": {"wake": "06:30:00", "sleep": "22:30:00", "bedtime": "18:45:00", "supper": "18:00:00"}, "hours": [], "usual": []}');
CREATE TABLE feeds (
	audience VARCHAR(8) NOT NULL, 
	token VARCHAR(64) NOT NULL, 
	folder TEXT NOT NULL, 
	PRIMARY KEY (audience)
);
INSERT INTO "feeds" VALUES('shared','ttttttttttttttttttttttttttttttttttttttttttt','');
CREATE TABLE hopes (
	week VARCHAR(8) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	partner VARCHAR(8) NOT NULL, 
	usual INTEGER NOT NULL, 
	by_hand INTEGER, 
	PRIMARY KEY (week, kind, partner), 
	FOREIGN KEY(week) REFERENCES weeks (week) ON DELETE CASCADE
);
CREATE TABLE hours (
	whose VARCHAR(8) NOT NULL, 
	position INTEGER NOT NULL, 
	window VARCHAR(60) NOT NULL, 
	PRIMARY KEY (whose, position)
);
CREATE TABLE household (
	id VARCHAR(36) NOT NULL, 
	children BOOLEAN NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	week_starts INTEGER NOT NULL, 
	wake TIME NOT NULL, 
	sleep TIME NOT NULL, 
	bedtime TIME NOT NULL, supper TIME DEFAULT '18:00:00.000000' NOT NULL, twelve_hours BOOLEAN DEFAULT 0 NOT NULL, month_first BOOLEAN DEFAULT 0 NOT NULL, paper VARCHAR(8), 
	PRIMARY KEY (id)
);
INSERT INTO "household" VALUES('5f0c6b0e-6f3b-4f0e-9d53-0b7a3c9f2a11',1,'Europe/Berlin',0,'06:30:00.000000','22:30:00.000000','19:30:00.000000','18:00:00.000000',0,0,NULL);
CREATE TABLE lived (
	week VARCHAR(8) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	partner VARCHAR(8) NOT NULL, 
	minutes INTEGER NOT NULL, 
	PRIMARY KEY (week, kind, partner), 
	FOREIGN KEY(week) REFERENCES weeks (week) ON DELETE CASCADE
);
INSERT INTO "lived" VALUES('2026-W48','together','',240);
INSERT INTO "lived" VALUES('2026-W48','alone','two',0);
CREATE TABLE noticed (
	id VARCHAR(36) NOT NULL, 
	week VARCHAR(8) NOT NULL, 
	writer VARCHAR(8) NOT NULL, 
	text TEXT NOT NULL, 
	shared BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "noticed" VALUES('6a0c2b8e-0f7b-4f5e-8d53-1b7a3c9f2a22','2026-W48','two','Du hast mir Küsse gebracht',1,'2026-11-22 20:00:00.000000');
CREATE TABLE occurrences (
	id VARCHAR(120) NOT NULL, 
	week VARCHAR(8) NOT NULL, 
	ritual VARCHAR(80), 
	number INTEGER NOT NULL, 
	title VARCHAR(120) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	partner VARCHAR(8), 
	start DATETIME NOT NULL, 
	"end" DATETIME NOT NULL, 
	size VARCHAR(16) NOT NULL, 
	way TEXT NOT NULL, 
	fixed BOOLEAN NOT NULL, 
	let_go BOOLEAN NOT NULL, 
	spontaneous BOOLEAN NOT NULL, 
	chosen BOOLEAN NOT NULL, 
	said VARCHAR(16), 
	lived INTEGER, 
	sequence INTEGER NOT NULL, 
	created DATETIME NOT NULL, 
	changed DATETIME NOT NULL, reason TEXT DEFAULT '' NOT NULL, leaves BOOLEAN DEFAULT 0 NOT NULL, with_children BOOLEAN DEFAULT 0 NOT NULL, beside TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(week) REFERENCES weeks (week) ON DELETE CASCADE
);
INSERT INTO "occurrences" VALUES('2026-W48/late-talk/both/1','2026-W48','late-talk',1,'Late talk','together',NULL,'2026-11-26 19:00:00.000000','2026-11-26 20:00:00.000000','usual','',0,0,0,1,NULL,NULL,0,'2026-01-04 20:00:00.000000','2026-01-04 20:00:00.000000','',0,0,'');
INSERT INTO "occurrences" VALUES('2026-W48/walk/one/1','2026-W48','walk',1,'Walk','alone','one','2026-11-27 17:00:00.000000','2026-11-27 18:00:00.000000','usual','',0,0,0,1,NULL,NULL,2,'2026-01-04 20:00:00.000000','2026-01-04 20:00:00.000000','because',0,0,'');
INSERT INTO "occurrences" VALUES('2026-W48/late-talk/both/2','2026-W48','late-talk',2,'Late talk','together',NULL,'2026-11-28 19:00:00.000000','2026-11-28 20:00:00.000000','usual','',0,0,0,1,NULL,NULL,0,'2026-01-04 20:00:00.000000','2026-01-04 20:00:00.000000','',0,0,'');
CREATE TABLE partners (
	"key" VARCHAR(8) NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "partners" VALUES('one','Ada');
INSERT INTO "partners" VALUES('two','Bö');
CREATE TABLE revision (
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "revision" VALUES(1,12);
CREATE TABLE ritual_lines (
	ritual VARCHAR(80) NOT NULL, 
	what VARCHAR(8) NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (ritual, what, position), 
	FOREIGN KEY(ritual) REFERENCES rituals (id) ON DELETE CASCADE
);
INSERT INTO "ritual_lines" VALUES('late-talk','window',0,'daily 06:00-23:00');
INSERT INTO "ritual_lines" VALUES('late-talk','way',0,'tea');
CREATE TABLE rituals (
	id VARCHAR(80) NOT NULL, 
	title VARCHAR(120) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	takes_part VARCHAR(16) NOT NULL, 
	least_minutes INTEGER NOT NULL, 
	most_minutes INTEGER NOT NULL, 
	least_times INTEGER NOT NULL, 
	most_times INTEGER NOT NULL, 
	needs VARCHAR(16) NOT NULL, 
	size VARCHAR(16) NOT NULL, 
	note TEXT NOT NULL, 
	source TEXT NOT NULL, 
	retired BOOLEAN NOT NULL, alarm INTEGER, thinks VARCHAR(8) DEFAULT '' NOT NULL, leaves BOOLEAN DEFAULT 0 NOT NULL, in_person BOOLEAN DEFAULT 0 NOT NULL, rhythm VARCHAR(40) DEFAULT 'weekly' NOT NULL, leans VARCHAR(8) DEFAULT 'start' NOT NULL, dear BOOLEAN DEFAULT 0 NOT NULL, kept BOOLEAN DEFAULT 0 NOT NULL, secret BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "rituals" VALUES('late-talk','Late talk','together','both',60,60,1,1,'','usual','','',0,30,'two',0,1,'weekly','start',0,0,0);
CREATE TABLE season (
	ritual VARCHAR(80) NOT NULL, 
	partner VARCHAR(8) NOT NULL, 
	week VARCHAR(8) NOT NULL, 
	by_hand BOOLEAN NOT NULL, 
	left_out BOOLEAN NOT NULL, 
	PRIMARY KEY (ritual, partner, week)
);
CREATE TABLE servers (
	audience VARCHAR(8) NOT NULL, 
	url TEXT NOT NULL, 
	login VARCHAR(200) NOT NULL, 
	calendar TEXT NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	PRIMARY KEY (audience)
);
INSERT INTO "servers" VALUES('one','https://calendar.example/dav/','ada','https://calendar.example/dav/us/','Us');
CREATE TABLE sitters (
	week VARCHAR(8) NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME NOT NULL, 
	PRIMARY KEY (week, start), 
	FOREIGN KEY(week) REFERENCES weeks (week) ON DELETE CASCADE
);
INSERT INTO "sitters" VALUES('2026-W48','2026-11-28 18:00:00.000000','2026-11-28 21:00:00.000000');
CREATE TABLE taken (
	occurrence VARCHAR(120) NOT NULL, 
	audience VARCHAR(8) NOT NULL, 
	route VARCHAR(8) NOT NULL, 
	week VARCHAR(8) NOT NULL, 
	uid VARCHAR(100) NOT NULL, 
	sequence INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME NOT NULL, 
	content VARCHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	revision INTEGER NOT NULL, 
	gone BOOLEAN NOT NULL, 
	name TEXT NOT NULL, 
	etag TEXT NOT NULL, 
	sent VARCHAR(32) NOT NULL, modified DATETIME, body TEXT DEFAULT '' NOT NULL, sent_body TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (occurrence, audience, route)
);
INSERT INTO "taken" VALUES('2026-W48/late-talk/both/1','shared','file','2026-W48','dc83834a-a6fd-54b3-8922-52b7b8c55bf7@leavewell',0,'Late talk','2026-11-26 19:00:00.000000','2026-11-26 20:00:00.000000','','2026-01-04 20:00:00.000000',0,0,'','','',NULL,'','');
INSERT INTO "taken" VALUES('2026-W48/walk/one/1','shared','file','2026-W48','94ef6667-6b15-5fc4-8bff-1caa78628100@leavewell',2,'Ada: Walk','2026-11-27 17:00:00.000000','2026-11-27 18:00:00.000000','','2026-01-04 20:00:00.000000',0,0,'','','',NULL,'','');
INSERT INTO "taken" VALUES('2026-W48/walk/one/1','one','server','2026-W48','walk@leavewell',2,'Walk','2026-11-27 17:00:00.000000','2026-11-27 18:00:00.000000','a1b2','2026-11-22 20:00:00.000000',1,0,'walk.ics','"7"','c3d4',NULL,'','');
CREATE TABLE usual (
	what VARCHAR(16) NOT NULL, 
	whose VARCHAR(8) NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	PRIMARY KEY (what, whose, position)
);
CREATE TABLE weeks (
	week VARCHAR(8) NOT NULL, 
	season VARCHAR(8) NOT NULL, grace VARCHAR(40) DEFAULT '' NOT NULL, paused VARCHAR(8) DEFAULT 'usual' NOT NULL, 
	PRIMARY KEY (week)
);
INSERT INTO "weeks" VALUES('2026-W48','usual','','usual');
INSERT INTO "weeks" VALUES('2026-W50','grace','The new kitchen','calm');
CREATE TABLE wished (
	partner VARCHAR(8) NOT NULL, 
	ritual VARCHAR(80) NOT NULL, 
	PRIMARY KEY (partner, ritual)
);
INSERT INTO "wished" VALUES('two','late-talk');
CREATE TABLE yes (
	occurrence VARCHAR(120) NOT NULL, 
	partner VARCHAR(8) NOT NULL, 
	week VARCHAR(8) NOT NULL, 
	title VARCHAR(120) NOT NULL, 
	start DATETIME NOT NULL, 
	"end" DATETIME NOT NULL, 
	PRIMARY KEY (occurrence, partner), 
	FOREIGN KEY(occurrence) REFERENCES occurrences (id) ON DELETE CASCADE
);
INSERT INTO "yes" VALUES('2026-W48/late-talk/both/1','','2026-W48','Late talk','2026-11-26 19:00:00.000000','2026-11-26 20:00:00.000000');
INSERT INTO "yes" VALUES('2026-W48/walk/one/1','','2026-W48','Walk','2026-11-27 17:00:00.000000','2026-11-27 18:00:00.000000');
INSERT INTO "yes" VALUES('2026-W48/late-talk/both/2','','2026-W48','Late talk','2026-11-28 19:00:00.000000','2026-11-28 20:00:00.000000');
INSERT INTO "yes" VALUES('2026-W48/late-talk/both/1','one','2026-W48','Late talk','2026-11-26 19:00:00.000000','2026-11-26 20:00:00.000000');
INSERT INTO "yes" VALUES('2026-W48/walk/one/1','one','2026-W48','Walk','2026-11-27 17:00:00.000000','2026-11-27 18:00:00.000000');
INSERT INTO "yes" VALUES('2026-W48/late-talk/both/2','one','2026-W48','Late talk','2026-11-28 19:00:00.000000','2026-11-28 20:00:00.000000');
INSERT INTO "yes" VALUES('2026-W48/late-talk/both/1','two','2026-W48','Late talk','2026-11-26 19:00:00.000000','2026-11-26 20:00:00.000000');
INSERT INTO "yes" VALUES('2026-W48/walk/one/1','two','2026-W48','Walk','2026-11-27 17:00:00.000000','2026-11-27 18:00:00.000000');
INSERT INTO "yes" VALUES('2026-W48/late-talk/both/2','two','2026-W48','Late talk','2026-11-28 19:00:00.000000','2026-11-28 20:00:00.000000');
CREATE INDEX ix_occurrences_week ON occurrences (week);
CREATE INDEX ix_taken_week ON taken (week);
CREATE INDEX ix_occurrences_lived ON occurrences (ritual, week, lived);
CREATE INDEX ix_yes_week ON yes (week);
CREATE INDEX ix_covers_week ON covers (week);
CREATE INDEX ix_differences_last ON differences (last);
CREATE INDEX ix_busy_when ON busy (start, "end", calendar, whole_day, free);
COMMIT;
