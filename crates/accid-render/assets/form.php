<?php
// Takes what visitors send with the forms of this site, and mails it. Written by ACCID with every export; change the
// form in ACCID, not here. It keeps nothing, and it sends to no address but those below.
declare(strict_types=1);

const FORMS = [
    // FORMS
];
const WORDS = [
    // WORDS
];
const MOST_BYTES = 200000;
const MOST_FIELDS = 80;
const MOST_LETTERS = 10000;

ini_set('display_errors', '0');
header('X-Content-Type-Options: nosniff');
header('Cache-Control: no-store');
header('Referrer-Policy: same-origin');

$asJson = str_contains($_SERVER['HTTP_ACCEPT'] ?? '', 'application/json');

function html(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE | ENT_HTML5, 'UTF-8');
}

/** A text without control characters but line ends; nothing when it is not UTF-8 or too long. */
function cleaned(mixed $value): ?string
{
    $text = is_array($value) ? implode(', ', array_filter($value, 'is_string')) : $value;
    if (!is_string($text) || strlen($text) > 4 * MOST_LETTERS || preg_match('//u', $text) !== 1) {
        return null;
    }
    $text = str_replace(["\r\n", "\r"], "\n", $text);
    return trim((string) preg_replace('/[\x00-\x09\x0b-\x1f\x7f]/', ' ', $text));
}

/** The page to go back to; only one of this site, whatever was sent. */
function page(): string
{
    $page = $_POST['accid-page'] ?? '';
    $own = is_string($page) && preg_match('~^[A-Za-z0-9][A-Za-z0-9/_-]*\.html#[A-Za-z0-9_-]+$~D', $page) === 1;
    return $own ? $page : './';
}

/** Ends with what is said; what was written is shown again, so that it is not lost. */
function fail(int $status, string $message): never
{
    global $asJson;
    http_response_code($status);
    if ($asJson) {
        header('Content-Type: application/json; charset=utf-8');
        echo json_encode(['ok' => false, 'message' => $message], JSON_UNESCAPED_UNICODE);
        exit;
    }
    header('Content-Type: text/html; charset=utf-8');
    header("Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
    echo '<!DOCTYPE html><html lang="', html(WORDS['language']), '"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">',
        '<title>', html(WORDS['check']), '</title><style>body{max-width:38rem;margin:3rem auto;padding:0 1.25rem;',
        'font:1.06rem/1.6 system-ui,sans-serif;color-scheme:light dark}label{display:block;margin-top:1rem}',
        'textarea{width:100%;font:inherit}button{margin:1.5rem 1rem 0 0;padding:.6rem 1.2rem;font:inherit}</style></head>',
        '<body><main><h1>', html($message), '</h1><form method="post">';
    foreach (array_slice($_POST, 0, MOST_FIELDS, true) as $name => $value) {
        $text = cleaned($value) ?? '';
        $name = (string) $name;
        if (in_array($name, ['accid-form', 'accid-page', 'accid-website'], true)) {
            echo '<input type="hidden" name="', html($name), '" value="', html($text), '">';
        } else {
            echo '<label>', html($name), '<textarea name="', html($name), '" rows="', strlen($text) > 80 ? 8 : 1, '">',
                html($text), '</textarea></label>';
        }
    }
    echo '<button type="submit">', html(WORDS['again']), '</button><a href="', html(page()), '">', html(WORDS['back']),
        '</a></form></main></body></html>';
    exit;
}

/** Ends well. */
function thank(): never
{
    global $asJson;
    if ($asJson) {
        header('Content-Type: application/json; charset=utf-8');
        echo json_encode(['ok' => true]);
    } else {
        header('Location: ' . page(), true, 303);
    }
    exit;
}

if (($_SERVER['REQUEST_METHOD'] ?? '') !== 'POST') {
    http_response_code(405);
    header('Allow: POST');
    exit;
}
// A form of another site is not one of this site.
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if ($origin !== '') {
    $from = parse_url($origin);
    $host = ($from['host'] ?? '') . (isset($from['port']) ? ':' . $from['port'] : '');
    if ($host === '' || strcasecmp($host, $_SERVER['HTTP_HOST'] ?? '') !== 0) {
        fail(403, WORDS['failed']);
    }
}
if ((int) ($_SERVER['CONTENT_LENGTH'] ?? 0) > MOST_BYTES || count($_POST) > MOST_FIELDS) {
    fail(413, WORDS['failed']);
}
$key = $_POST['accid-form'] ?? '';
$form = is_string($key) ? (FORMS[$key] ?? null) : null;
if ($form === null) {
    fail(400, WORDS['failed']);
}
// Programs fill in what people do not see. They are thanked, and nothing is sent.
if (($_POST['accid-website'] ?? '') !== '') {
    thank();
}

// What was not ticked is not sent.
foreach ($form['fields'] as $name => [$label, , $needed]) {
    if ($needed && !isset($_POST[$name])) {
        fail(422, WORDS['check'] . ' (' . $label . ')');
    }
}
$lines = [];
$reply = '';
foreach ($_POST as $name => $value) {
    $name = (string) $name;
    if (in_array($name, ['accid-form', 'accid-page', 'accid-website'], true)) {
        continue;
    }
    [$label, $sort, $needed] = $form['fields'][$name] ?? [substr(cleaned($name) ?? '', 0, 80), 'short', false];
    $text = cleaned($value);
    if ($text === null || ($needed && $text === '')) {
        fail(422, WORDS['check'] . ' (' . $label . ')');
    }
    if ($sort !== 'long') {
        $text = str_replace("\n", ' ', $text);
    }
    if ($sort === 'email' && $text !== '') {
        if (filter_var($text, FILTER_VALIDATE_EMAIL) === false) {
            fail(422, WORDS['check'] . ' (' . $label . ')');
        }
        $reply = $reply === '' ? $text : $reply;
    }
    $lines[] = $label . ":\n" . $text . "\n";
}
if ($lines === []) {
    fail(422, WORDS['check']);
}

$subject = '=?UTF-8?B?' . base64_encode(substr($form['subject'], 0, 150)) . '?=';
$headers = [
    'From' => $form['to'],
    'MIME-Version' => '1.0',
    'Content-Type' => 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding' => 'base64',
];
// FILTER_VALIDATE_EMAIL lets no line end through, so nothing that was sent can add a header.
if ($reply !== '') {
    $headers['Reply-To'] = $reply;
}
$body = chunk_split(base64_encode(implode("\n", $lines)));
if (!mail($form['to'], $subject, $body, $headers)) {
    fail(500, WORDS['failed']);
}
thank();
