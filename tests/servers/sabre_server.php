<?php
// sabre/dav as Baïkal sets it up: below /dav.php/, with a digest, its tables in SQLite.

error_reporting(E_ALL & ~E_DEPRECATED); // Debian's sabre/dav is older than its PHP
ini_set('display_errors', '0');
date_default_timezone_set('UTC');
require_once '/usr/share/php/Sabre/autoload.php';

const BASE = '/dav.php/';

$path = strtok($_SERVER['REQUEST_URI'], '?');
if ($path === '/.well-known/caldav') {
    header('Location: ' . BASE, true, 301);
    return true;
}
if (!str_starts_with($path, BASE)) {
    http_response_code(404);
    return true;
}

$tables = new PDO('sqlite:sabre.db');
$tables->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$tables->exec('pragma synchronous = off');
$people = new Sabre\DAVACL\PrincipalBackend\PDO($tables);
$server = new Sabre\DAV\Server([
    new Sabre\CalDAV\Principal\Collection($people),
    new Sabre\CalDAV\CalendarRootNode($people, new Sabre\CalDAV\Backend\PDO($tables)),
]);
$server->setBaseUri(BASE);
$server->addPlugin(new Sabre\DAV\Auth\Plugin(new Sabre\DAV\Auth\Backend\PDO($tables), 'Leavewell'));
$server->addPlugin(new Sabre\DAVACL\Plugin());
$server->addPlugin(new Sabre\CalDAV\Plugin());
$server->exec();
