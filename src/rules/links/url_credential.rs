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
    /// Credential in a URL
    ///
    /// ## What it does
    ///
    /// Reports passwords and tokens in URLs: those before the `@` of a host, and parameters in the query or fragment
    /// with names such as `password`, `pwd`, `token`, `api_key` and `signature`. Parameters with less specific names,
    /// such as `key` and `code`, are reported if their value is clearly machine-generated. Placeholders such as
    /// `YOUR_TOKEN` are ignored.
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

/// Services whose keys are meant to be public, such as those of badges and maps.
const PUBLIC: [(&str, &str); 3] =
    [("codecov.io", "token"), ("maps.googleapis.com", "key"), ("google.com", "key")];

impl Rule for UrlCredential {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let secrets = Secrets::named(self.parameters.iter().map(String::as_str));
        for target in doc.targets().iter().filter(|target| may_have_credential(target)) {
            let written = doc.slice(target.span);
            // A credential contains one of these characters.
            if !written.contains(['@', '=', '%']) {
                continue;
            }
            for secret in secrets.find(written) {
                if self.is_allowed(target, &secret.kind) {
                    continue;
                }
                let span = Span::from_range(secret.value.clone()).shift(target.span.start);
                sink.report(span, message(&secret))
                    .help("remove it, and rotate the secret if the page was ever public");
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

fn may_have_credential(target: &Target) -> bool {
    !matches!(target.address, AddressKind::Empty | AddressKind::Data | AddressKind::Script)
}

fn message(secret: &Secret) -> String {
    match &secret.kind {
        SecretKind::Password => "URL contains a password".to_owned(),
        SecretKind::User => "URL contains a token".to_owned(),
        SecretKind::Parameter(name) => format!("URL contains a secret in `{name}`"),
    }
}
