use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    links::hosts::is_local,
    rule::{Recurrence, Rule},
    secrets::{Secret, SecretKind, SecretPlace, Secrets},
    text::{Span, is_host_below},
};

declare_rule! {
    /// Credential in a URL
    ///
    /// ## What it does
    ///
    /// Reports passwords, tokens and other secrets in URLs:
    ///
    /// - passwords and tokens before the `@` of a host;
    /// - tokens in a published format, such as `ghp_`, `glpat-`, `sk_live_` and JSON Web Tokens, and random values whose
    ///   prefix denotes a secret, such as `boats_live_…`, in any part of a URL;
    /// - the secret part of webhooks, private feeds and private calendars;
    /// - values of parameters with names such as `password`, `pwd`, `access_token`, `api_key` and `signature`, in
    ///   queries, fragments, matrix parameters (`;jsessionid=`), JSON in a query and connection strings. The value must
    ///   look like a secret: a plain word is not a token. Parameters with less specific names, such as `key`, `code` and
    ///   `sig`, are reported if their value is clearly machine-generated.
    ///
    /// The whole page is searched: links, images, HTML and front matter, and also code blocks, code spans and comments.
    /// URLs are compared in their decoded form, without character references, backslash escapes and percent-encoding.
    ///
    /// Ids of sessions are reported for information, and so are parameters of URLs that only the own machine reaches, such as
    /// `http://127.0.0.1:8888/lab?token=…`. Keys of files that are shared by link, such as `sharing_token`, `rlkey` at
    /// Dropbox and `resourcekey` at Google Drive, are warnings: anyone who has the link can open the file. If the file is
    /// meant to be public, add the host and the parameter to `allow`.
    ///
    /// Placeholders such as `YOUR_TOKEN`, `<token>`, `$TOKEN` and `user:password@host` are ignored. So are URLs of
    /// `example.com`, `example.org` and `example.net`, keys that are meant to be public, such as those of badges,
    /// maps and files in Firebase Storage, and tokens that are not part of a URL.
    ///
    /// Reports never contain the value.
    ///
    /// ## Why is this bad?
    ///
    /// Anyone who can read the page can use the credential, and it remains in the history of the page after it is
    /// removed. Credentials are often part of URLs copied from a browser: to a meeting recording, a private file or a
    /// repository.
    ///
    /// ## Example
    ///
    /// ```md
    /// See the [recording](https://meet.harbour.example/rec/7?pwd=Ebb4ndFl0w).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See the [recording](https://meet.harbour.example/rec/7), and ask us for the password.
    /// ```
    pub struct UrlCredential {
        /// Additional parameters that contain secrets, ignoring case, hyphens and underscores.
        parameters: Vec<String> = vec![],
        /// Parameters that may be published: a parameter on a host, all parameters on a host, or a parameter on all hosts.
        /// Their values remain masked in reports.
        allow: Vec<Allowed> = vec![],
    }
    id = "url-credential",
    severity = Severity::Error,
    recurrence = Recurrence::EqualAndUntouched,
}

/// Parameters that may be published.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Allowed {
    /// The host, including subdomains; all hosts if omitted.
    pub host: Option<String>,
    /// The parameter; all parameters if omitted.
    pub parameter: Option<String>,
}

/// Services whose keys are meant to be public, such as those of badges, maps, shared files and embedded players.
const PUBLIC: [(&str, &str); 10] = [
    ("codecov.io", "token"),
    ("maps.googleapis.com", "key"),
    ("google.com", "key"),
    ("calendar.google.com", "sstoken"),
    ("player.vimeo.com", "h"),
    ("firebasestorage.googleapis.com", "token"),
    ("circleci.com", "circle-token"),
    ("travis-ci.com", "token"),
    ("sonarcloud.io", "token"),
    ("api.bitrise.io", "token"),
];

impl Rule for UrlCredential {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let secrets = Secrets::named(self.parameters.iter().map(String::as_str));
        for secret in &*doc.secrets(&secrets) {
            if secret.place == SecretPlace::Url && !self.is_allowed(secret) && !is_of_embedded(doc, secret) {
                let span = Span::from_range(secret.value.clone());
                // Sessions end by themselves, and so do their ids in links that somebody copied.
                let severity = if names_session(secret) || is_of_own_machine(secret) {
                    Severity::Info
                } else if is_share_key(secret) {
                    Severity::Warning
                } else {
                    Severity::Error
                };
                sink.report(span, message(&secret.kind))
                    .at_most(severity)
                    .help("remove it, and rotate the secret if the page was ever public");
            }
        }
    }

    fn secret_parameters(&self) -> &[String] {
        &self.parameters
    }
}

impl UrlCredential {
    fn is_allowed(&self, secret: &Secret) -> bool {
        let name = parameter(secret);
        let is_name = |it: &str| name.is_some_and(|name| name.eq_ignore_ascii_case(it));
        PUBLIC.iter().any(|(of, parameter)| is_host_below(&secret.host, of) && is_name(parameter))
            || self.allow.iter().any(|it| {
                let names_something = it.host.is_some() || it.parameter.is_some();
                names_something
                    && it.host.as_deref().is_none_or(|of| is_host_below(&secret.host, of))
                    && it.parameter.as_deref().is_none_or(is_name)
            })
    }
}

/// Whether it is the parameter of a URL that is made for other sites to embed: `https://dock.example/embed/tides?token=…`.
fn is_of_embedded(doc: &Document, secret: &Secret) -> bool {
    const LONGEST: usize = 2000;
    let end = secret.value.start;
    let text = &doc.source.as_bytes()[end.saturating_sub(LONGEST)..end];
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'<>()`".contains(byte);
    let url = &text[text.iter().rposition(ends).map_or(0, |at| at + 1)..];
    let path = url.split(|byte| matches!(byte, b'?' | b'#')).next().unwrap_or_default();
    parameter(secret).is_some() && memchr::memmem::find(path, b"/embed/").is_some()
}

fn parameter(secret: &Secret) -> Option<&str> {
    match &secret.kind {
        SecretKind::Parameter(name) => Some(name),
        SecretKind::User | SecretKind::Path | SecretKind::Form(_) => None,
    }
}

/// Whether it is the parameter of a URL that only the machine reaches on which a program printed it.
fn is_of_own_machine(secret: &Secret) -> bool {
    parameter(secret).is_some() && is_local(&secret.host)
}

/// Names of the keys of files that are shared by link.
const SHARE_KEYS: [&str; 2] = ["resourcekey", "rlkey"];

/// Whether it belongs to a link to a file that is shared with everybody who has the link.
fn is_share_key(secret: &Secret) -> bool {
    parameter(secret).is_some_and(|name| {
        SHARE_KEYS.iter().any(|key| name.eq_ignore_ascii_case(key))
            || name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("shar"))
    })
}

fn names_session(secret: &Secret) -> bool {
    parameter(secret).is_some_and(|name| name.to_ascii_lowercase().contains("sess"))
}

fn message(kind: &SecretKind) -> String {
    match kind {
        SecretKind::User => "URL contains a password or token".to_owned(),
        SecretKind::Path => "URL contains a secret in its path".to_owned(),
        SecretKind::Parameter(name) => format!("URL contains a secret in `{name}`"),
        SecretKind::Form(name) => format!("URL contains a {name}"),
    }
}
