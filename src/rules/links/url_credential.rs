use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    links::{AddressKind, Target, WebAddress, hosts},
    rule::Rule,
    secrets::{Secret, SecretKind, Secrets},
    text::Span,
};

declare_rule! {
    /// An address gives away a password or a token
    ///
    /// ## Why
    ///
    /// Whoever reads the page can use it, and the page's history keeps it after the page is mended. It happens with links
    /// that were copied from a browser: to the recording of a meeting, a private file, a repository.
    ///
    /// Found are passwords before the `@` of a host, and parameters of the query or the fragment that are called
    /// `password`, `pwd`, `token`, `api_key`, `signature` and the like. Names that say less, such as `key` and `code`,
    /// count where the value is surely one that a machine made. Stand-ins such as `YOUR_TOKEN` are fine.
    ///
    /// No report shows the value.
    ///
    /// ## Bad
    ///
    /// ```md
    /// See the [recording](https://meet.harbour.example/rec/7?pwd=Ebb4ndFl0w).
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// See the [recording](https://meet.harbour.example/rec/7), and ask us for the password.
    /// ```
    pub struct UrlCredential {
        /// Names of parameters that hold secrets, besides the usual ones. Case, hyphens and underscores do not count.
        parameters: Vec<String> = vec![],
        /// What looks like a secret and may be published: a parameter of a host, all parameters of a host, or a
        /// parameter wherever it is. Values stay masked in reports.
        allow: Vec<Allowed> = vec![],
    }
    id = "url-credential",
    severity = Severity::Error,
}

/// What may be published.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Allowed {
    /// The host, and those below it.
    pub host: Option<String>,
    /// The parameter.
    pub parameter: Option<String>,
}

/// Services whose badges and maps have keys that are made to be published.
const PUBLIC: [(&str, &str); 3] =
    [("codecov.io", "token"), ("maps.googleapis.com", "key"), ("google.com", "key")];

impl Rule for UrlCredential {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let secrets = Secrets::named(self.parameters.iter().map(String::as_str));
        for target in doc.targets().iter().filter(|target| leads_somewhere(target)) {
            let written = doc.slice(target.span);
            // None is without one of these.
            if !written.contains(['@', '=', '%']) {
                continue;
            }
            for secret in secrets.find(written) {
                if self.is_allowed(target, &secret.kind) {
                    continue;
                }
                let span = Span::from_range(secret.value.clone()).shift(target.span.start);
                sink.report(span, message(&secret)).help(
                    "take it out of the address; if the page was ever public, the secret has to be changed, too",
                );
            }
        }
    }

    fn secret_parameters(&self) -> &[String] {
        &self.parameters
    }
}

impl UrlCredential {
    fn is_allowed(&self, target: &Target, kind: &SecretKind) -> bool {
        let host = WebAddress::of(&target.url).map_or("", |web| web.host());
        let name = match kind {
            SecretKind::Parameter(name) => Some(&**name),
            SecretKind::Password | SecretKind::User => None,
        };
        let is_name = |it: &str| name.is_some_and(|name| name.eq_ignore_ascii_case(it));
        PUBLIC.iter().any(|(of, parameter)| hosts::is_below(host, of) && is_name(parameter))
            || self.allow.iter().any(|it| {
                let names_something = it.host.is_some() || it.parameter.is_some();
                names_something
                    && it.host.as_deref().is_none_or(|of| hosts::is_below(host, of))
                    && it.parameter.as_deref().is_none_or(is_name)
            })
    }
}

fn leads_somewhere(target: &Target) -> bool {
    !matches!(target.address, AddressKind::Empty | AddressKind::Data | AddressKind::Script)
}

fn message(secret: &Secret) -> String {
    match &secret.kind {
        SecretKind::Password => "the address gives away a password, before the `@`".to_owned(),
        SecretKind::User => "the address gives away a token, before the `@`".to_owned(),
        SecretKind::Parameter(name) => format!("the address gives away a secret, as `{name}`"),
    }
}
