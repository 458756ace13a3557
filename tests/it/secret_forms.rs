//! Secrets in every form that a URL, and what it is written in, can give them: found, and shown in no format and by no
//! command.

use std::{fs, path::Path, process::Command};

use copydesk::{
    config::Layer,
    report::{Format, RenderOptions, reporter},
};

use crate::common;

/// A form of a secret.
struct Form {
    name: &'static str,
    /// What is on the page.
    url: &'static str,
    /// The part that must not be shown.
    secret: &'static str,
}

const fn form(name: &'static str, url: &'static str, secret: &'static str) -> Form {
    Form { name, url, secret }
}

/// Forms of every kind.
const FORMS: [Form; 50] = [
    form("password", "https://mira:Ebb7ndFl0w@git.boats.io/q", "Ebb7ndFl0w"),
    form("password-slash", "https://mira:eb/nd#Fl0w7tide@git.boats.io/q", "Fl0w7tide"),
    form("password-dollar", "https://mira:$ai1orBoat22w@git.boats.io/q", "ai1orBoat22w"),
    form("password-your", "https://mira:takeYour9Boats@git.boats.io/q", "takeYour9Boats"),
    form("password-star", "https://mira:*Fl0wingTide@git.boats.io/q", "Fl0wingTide"),
    form("host-like-example", "https://mira:Ebb7ndFl0w@example.compass.io/q", "Ebb7ndFl0w"),
    form("token-as-user", "https://Wn1Yc8Hf6Tg9Ra2Ue7@git.boats.io/q", "Wn1Yc8Hf6Tg9Ra2Ue7"),
    form("token-x-oauth", "https://Wn1Yc8Hf6Tg9Ra2Ue7:x-oauth-basic@git.boats.io/q", "Wn1Yc8Hf6Tg9Ra2Ue7"),
    form("token-no-password", "https://Wn1Yc8Hf6Tg9Ra2Ue7:@git.boats.io/q", "Wn1Yc8Hf6Tg9Ra2Ue7"),
    form("no-scheme", "//mira:Ebb7ndFl0w@git.boats.io/q", "Ebb7ndFl0w"),
    form("one-slash", "https:/mira:Ebb7ndFl0w@git.boats.io/q", "Ebb7ndFl0w"),
    form("three-slashes", "https:///mira:Ebb7ndFl0w@git.boats.io/q", "Ebb7ndFl0w"),
    form("entity-at", "https://mira:Ebb7ndFl0w&#64;git.boats.io/q", "Ebb7ndFl0w"),
    form("entity-colon", "https&colon;//mira&colon;Ebb7ndFl0w&commat;git.boats.io/q", "Ebb7ndFl0w"),
    form("percent-colon", "https://mira%3AEbb7ndFl0w@git.boats.io/q", "Ebb7ndFl0w"),
    form("no-user", "redis://:Ebb7ndFl0w@cache.boats.io:6379/q", "Ebb7ndFl0w"),
    form("ipv6", "https://mira:Ebb7ndFl0w@[2001:db8::7]/q", "Ebb7ndFl0w"),
    form("nested-user", "https://boats.io/?u=https%3A%2F%2Fmira%3AEbb7ndFl0w%40git.boats.io", "Ebb7ndFl0w"),
    form("parameter", "https://boats.io/?access_token=ab12cd34ef56", "ab12cd34ef56"),
    form("entity-equals", "https://boats.io/?access_token&#61;ab12cd34ef56", "ab12cd34ef56"),
    form("entity-equals-name", "https://boats.io/?access_token&equals;ab12cd34ef56", "ab12cd34ef56"),
    form("entity-hex", "https://boats.io/?to&#x6b;en=ab12cd34ef56", "ab12cd34ef56"),
    form("entity-amp", "https://boats.io/?a=1&amp;token=ab12cd34ef56", "ab12cd34ef56"),
    form("percent-name", "https://boats.io/?acces%73_token=ab12cd34ef56", "ab12cd34ef56"),
    form(
        "percent-twice",
        "https://boats.io/?u=https%253A%252F%252Fq.io%252F%253Ftoken%253Dab12cd34ef56",
        "ab12cd34ef56",
    ),
    form("fragment", "https://boats.io/#id_token=ab12cd34ef56", "ab12cd34ef56"),
    form("matrix", "https://boats.io/quay;jsessionid=8C2F1D7E9A0B5D3F", "8C2F1D7E9A0B5D3F"),
    form("comma", "https://boats.io/?a=1,token=ab12cd34ef56", "ab12cd34ef56"),
    form("json", "https://boats.io/?q=%7B%22token%22%3A%22ab12cd34ef56%22%7D", "ab12cd34ef56"),
    form("letters-only", "https://boats.io/?token=openthequaydoors", "openthequaydoors"),
    form("feed", "https://boats.io/d.atom?feed_token=ab12cd34ef56", "ab12cd34ef56"),
    form("session", "https://boats.io/?PHPSESSID=w1y8h6t9r2u7i3p5x0v4k9d2lq", "w1y8h6t9r2u7i3p5x0v4k9d2lq"),
    form("share-key", "https://boats.io/f.pdf?rlkey=w1y8h6t9r2u7i3p5x0v4k9d2", "w1y8h6t9r2u7i3p5x0v4k9d2"),
    form(
        "code",
        "https://boats.io/api/q?code=Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVbKd0pLz5Bs4Qj6Wt8Xe==",
        "Wn1Yc8Hf6Tg9Ra2Ue7",
    ),
    form(
        "sig",
        "https://boats.io/q?sv=1&sig=b3Jt8sQ2mVx7Kd0pLz5Wn1Yc4Hf6Tg9Ra8Ue2Io3PqM%3D",
        "b3Jt8sQ2mVx7Kd0p",
    ),
    form(
        "connection",
        "Endpoint=sb://boats.io/;SharedAccessKeyName=Root;SharedAccessKey=Wn1Yc8Hf6Tg9Ra2Ue7=",
        "Wn1Yc8Hf6Tg9Ra2Ue7",
    ),
    form(
        "slack-hook",
        "https://hooks.slack.com/services/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",
        "Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM",
    ),
    form(
        "discord-hook",
        "https://discord.com/api/webhooks/884512030495728394/Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM",
        "Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM",
    ),
    form(
        "teams-hook",
        "https://boats.webhook.office.com/webhookb2/1f2e3d4c-5b6a-4788-9675-a4b3c2d1e0f9@2f/IncomingWebhook/0f1e2d3c4b5a6978/q",
        "0f1e2d3c4b5a6978",
    ),
    form(
        "telegram",
        "https://api.telegram.org/bot5061728394:AAWn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVbKd0pL/getMe",
        "Wn1Yc8Hf6Tg9Ra2Ue7",
    ),
    form(
        "calendar",
        "https://calendar.google.com/calendar/ical/a%40boats.io/private-0f1e2d3c4b5a69788796a5b4/basic.ics",
        "0f1e2d3c4b5a69788796a5b4",
    ),
    form("other-calendar", "webcal://boats.io/cal/0f1e2d3c4b5a69788796a5b4.ics", "0f1e2d3c4b5a69788796a5b4"),
    form(
        "jwt-path",
        "https://boats.io/open/eyJ0eXAiOiJKV1QifQ.eyJpZCI6N30.Wn1Yc8Hf6Tg9Ra2Ue7",
        "Wn1Yc8Hf6Tg9Ra2Ue7",
    ),
    form(
        "jwt-parameter",
        "https://boats.io/?t=eyJ0eXAiOiJKV1QifQ.eyJpZCI6N30.Wn1Yc8Hf6Tg9Ra2Ue7",
        "Wn1Yc8Hf6Tg9Ra2Ue7",
    ),
    form(
        "github",
        "https://boats.io/?v=ghp_4Kd0pLz5Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVb",
        "4Kd0pLz5Wn1Yc8Hf6Tg9Ra2Ue7",
    ),
    form("gitlab", "https://boats.io/v/glpat-Wn1Yc8Hf6Tg9Ra2Ue7Io", "Wn1Yc8Hf6Tg9Ra2Ue7Io"),
    form("stripe", "https://boats.io/?v=rk_live_4Kd0pLz5Wn1Yc8Hf6Tg9Ra2U", "4Kd0pLz5Wn1Yc8Hf6Tg9Ra2U"),
    form("aws", "https://boats.io/?v=AKIAQ4Z7TIDE2HARBOR9", "Q4Z7TIDE2HARBOR9"),
    form(
        "hugging-face",
        "https://boats.io/?v=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7b",
        "KdOpLzSWnEYcTHfGTgNRaZUeZIoEPqMFxV7b",
    ),
    form(
        "twilio",
        "https://boats.io/?v=SK0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    ),
];

/// A page with a form in front matter, links, code and comments, beside what other rules find.
fn page(url: &str) -> String {
    format!(
        "---\ntitle: T\ntitle: U\nlink: '{url}'\nimage: {url}\n---\n\nTeh [doc]({url}) and teh <{url}>, bare {url} teh.\n\
         See [{url}](nowhere.md) and  `{url}` teh. <a href='{url}'>x</a>\n\n```\ncurl {url}\n```\n\n<!-- {url} -->\n\n[a]: {url}\n"
    )
}

/// The pages that have something else to say than one URL.
const WRITTEN: [(&str, &str, &str); 13] = [
    (
        "unicode-escapes",
        "Teh [a](https\\u003a\\u002f\\u002fmira\\u003aEbb7ndFl0w\\u0040boats\\u002eio) teh.\n",
        "Ebb7ndFl0w",
    ),
    (
        "escapes-in-an-attribute",
        "Teh <a href=\"https\\:\\/\\/mira\\:Ebb7ndFl0w\\@boats\\.io\">x</a> teh.\n",
        "Ebb7ndFl0w",
    ),
    ("octal-escapes", "Teh [a](https\\072//mira\\072Ebb7ndFl0w\\100boats.io) teh.\n", "Ebb7ndFl0w"),
    (
        "formula",
        "Teh $https://hooks.slack.com/services/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$ teh.\n",
        "Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM",
    ),
    (
        "yaml-escapes",
        "---\nlink: \"https://boats.io/?tok\\u0065n\\u003dab12cd34ef56\"\nlink: 1\n---\n\nTeh.\n",
        "ab12cd34ef56",
    ),
    (
        "yaml-folded",
        "---\nlink: >-\n  https://boats.io/?token=\n  Wn1Yc8Hf6Tg9Ra2Ue7\nlink: 1\n---\n\nTeh.\n",
        "Wn1Yc8Hf6Tg9Ra2Ue7",
    ),
    (
        "yaml-continued",
        "---\nlink: \"https://boats.io/?token=Wn1Yc8\\\n  Hf6Tg9Ra2Ue7\"\nlink: 1\n---\n\nTeh.\n",
        "Hf6Tg9Ra2Ue7",
    ),
    (
        "toml-escapes",
        "+++\nlink = \"https://boats.io/?token\\u003Dab12cd34ef56\"\nlink = 1\n+++\n\nTeh.\n",
        "ab12cd34ef56",
    ),
    (
        "json-escapes",
        "{\n\"link\": \"https:\\/\\/mira:Ebb7ndFl0w@boats.io\\/\", \"link\": 1\n}\n\nTeh.\n",
        "Ebb7ndFl0w",
    ),
    ("backslashes", "Teh [a](https:\\\\\\\\mira:Ebb7ndFl0w@boats.io/) teh.\n", "Ebb7ndFl0w"),
    ("escaped", "Teh [a](https:\\/\\/boats.io/?token\\=ab12cd34ef56) teh.\n", "ab12cd34ef56"),
    (
        "attribute",
        "Teh <a href=\"https://boats.io/?token=\nWn1Yc8Hf6Tg9Ra2Ue7\">x</a> teh.\n",
        "Wn1Yc8Hf6Tg9Ra2Ue7",
    ),
    (
        "yaml-key",
        "---\n'https://boats.io/?token=ab12cd34ef56': x\n'https://boats.io/?token=ab12cd34ef56': y\n---\n\nTeh.\n",
        "ab12cd34ef56",
    ),
];

/// The name, the text and the secret of every page.
fn pages() -> Vec<(String, String, String)> {
    let mut pages: Vec<(String, String, String)> =
        FORMS.iter().map(|it| (it.name.to_owned(), page(it.url), it.secret.to_owned())).collect();
    pages.extend(WRITTEN.map(|(name, text, secret)| (name.to_owned(), text.to_owned(), secret.to_owned())));
    let long = format!("eyJ0eXAiOiJKV1QifQ.{}Wn1Yc8Hf6Tg9Ra2Ue7", "Ab3".repeat(250));
    pages.push(("long".into(), page(&format!("https://mira:{long}@boats.io/")), "Wn1Yc8Hf6Tg9Ra2Ue7".into()));
    pages
}

/// A site with all pages, and everything on.
fn site(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("the folder can be written");
    fs::write(folder.join("copydesk.yaml"), "extends: [strict]\n").expect("the config can be written");
    for (name, text, _) in pages() {
        fs::write(folder.join(format!("{name}.md")), text).expect("the page can be written");
    }
    folder
}

#[test]
fn every_form_of_a_secret_is_found() {
    let run = common::check(&[&site("forms-found")], Layer::default());
    let of_page = |name: &str| {
        let file = format!("{name}.md");
        run.diagnostics
            .iter()
            .filter(move |it| it.rule.id == "url-credential" && it.primary.path.ends_with(&file))
            .count()
    };
    let missing: Vec<String> = FORMS
        .iter()
        .filter(|it| of_page(it.name) < 8)
        .map(|it| format!("{}: {}", it.name, of_page(it.name)))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let missing: Vec<&str> =
        WRITTEN.iter().map(|(name, ..)| *name).filter(|name| of_page(name) == 0).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_format_shows_any_form_of_a_secret() {
    let run = common::check(&[&site("forms-formats")], Layer::default());
    assert!(run.diagnostics.len() > 500, "other rules find something on the pages, too");
    for name in Format::names() {
        let mut text = Vec::new();
        let options = RenderOptions { width: Some(80), ..RenderOptions::default() };
        let reporter = reporter(name.parse().expect("a name is a format"), options);
        reporter.report(&run, &mut text).expect("memory can be written");
        let text = String::from_utf8(text).expect("reports are text");
        for (page, _, secret) in pages() {
            assert!(!text.contains(&secret), "{name} shows the secret of {page}");
        }
    }
}

#[test]
fn no_format_shows_a_part_of_a_secret_in_several_lines() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("forms-lines");
    fs::create_dir_all(&folder).expect("the folder can be written");
    fs::write(folder.join("copydesk.yaml"), "extends: [strict]\n").expect("the config can be written");
    let page = "# Boats\n\n<a href=\"https://mira:Ebb7nd\t\n Fl0wTide@git.boats.io/q\">x</a>\n\n[y](<https://mira:Ebb7nd\tFl0wTide@git.boats.io/r>)\n";
    fs::write(folder.join("a.md"), page).expect("the page can be written");
    let run = common::check(&[&folder], Layer::default());
    assert!(run.diagnostics.iter().filter(|it| it.rule.id == "url-credential").count() == 2);
    for name in Format::names() {
        let mut text = Vec::new();
        let reporter = reporter(name.parse().expect("a name is a format"), RenderOptions::default());
        reporter.report(&run, &mut text).expect("memory can be written");
        let text = String::from_utf8(text).expect("reports are text");
        for part in ["Ebb7nd", "Fl0wTide"] {
            assert!(!text.contains(part), "{name} shows {part}");
        }
    }
}

#[test]
fn no_error_about_a_config_shows_a_secret() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("forms-errors");
    fs::create_dir_all(&folder).expect("the folder can be written");
    fs::write(folder.join("a.md"), "# Boats\n\nTeh.\n").expect("the page can be written");
    let url = "https://mira:Ebb7ndFl0w@git.boats.io/q";
    for config in ["extends: '§'", "rules: {'§': off}", "exclude: ['[§']", "a: *§", "baseline: '§'"] {
        let text = config.replace('§', url);
        fs::write(folder.join("copydesk.yaml"), text).expect("the config can be written");
        let commands: [&[&str]; 6] =
            [&["check"], &["words"], &["links"], &["baseline", "create"], &["config", "show"], &["facts"]];
        for arguments in commands {
            let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
            let out = command.args(arguments).current_dir(&folder).output().expect("the binary was built");
            let text = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
            assert!(!text.contains("Ebb7ndFl0w"), "{arguments:?} shows the secret of {config}: {text}");
        }
    }
}

#[test]
fn no_command_shows_any_form_of_a_secret() {
    let folder = site("forms-commands");
    for arguments in [
        &["check", "--statistics", "."][..],
        &["check", "--diff", "--unsafe-fixes"],
        &["check", "--add-suppressions", "--diff"],
        &["baseline", "create"],
        &["words"],
        &["words", "--format", "json"],
        &["check", "--stdin-filename", "password.md", "--format", "full"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.args(arguments).current_dir(&folder);
        if arguments.contains(&"--stdin-filename") {
            let page = fs::File::open(folder.join("letters-only.md")).expect("the page was written");
            command.stdin(page);
        }
        let out = command.output().expect("the binary was built");
        let mut text = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
        if let Ok(baseline) = fs::read_to_string(folder.join("copydesk-baseline.json")) {
            text.push_str(&baseline);
            fs::remove_file(folder.join("copydesk-baseline.json")).expect("it was there");
        }
        assert!(!text.is_empty(), "{arguments:?} says something");
        for (name, _, secret) in pages() {
            assert!(!text.contains(&secret), "{arguments:?} shows the secret of {name}");
        }
    }
}
