//! Tokens that are known by their format, whatever they are called: the prefixes that services have published so that
//! leaked tokens can be found.

use super::{placeholders, values};

/// A prefix, the fewest characters after it, and what they are.
type Form = (&'static str, usize, Body, &'static str);

/// The characters after a prefix.
#[derive(Debug, Clone, Copy)]
enum Body {
    /// Letters, digits, `_`, `-`, `.`, `=`.
    Any,
    /// Letters and digits.
    Alphanumeric,
    /// Upper case and digits.
    Upper,
    /// Hexadecimal digits.
    Hex,
}

/// From the documentation of the services on the formats of their tokens and on secret scanning; in groups by service.
const FORMS: [Form; 103] = [
    ("ghp_", 30, Body::Alphanumeric, "GitHub token"),
    ("gho_", 30, Body::Alphanumeric, "GitHub token"),
    ("ghu_", 30, Body::Alphanumeric, "GitHub token"),
    ("ghs_", 30, Body::Alphanumeric, "GitHub token"),
    ("ghr_", 30, Body::Alphanumeric, "GitHub token"),
    ("github_pat_", 40, Body::Any, "GitHub token"),
    ("glpat-", 16, Body::Any, "GitLab token"),
    ("gldt-", 16, Body::Any, "GitLab token"),
    ("glptt-", 16, Body::Any, "GitLab token"),
    ("glrt-", 16, Body::Any, "GitLab token"),
    ("glcbt-", 16, Body::Any, "GitLab token"),
    ("glsoat-", 16, Body::Any, "GitLab token"),
    ("glft-", 16, Body::Any, "GitLab token"),
    ("glimt-", 16, Body::Any, "GitLab token"),
    ("glagent-", 16, Body::Any, "GitLab token"),
    ("gloas-", 16, Body::Any, "GitLab token"),
    ("GR1348941", 16, Body::Any, "GitLab token"),
    ("ATBB", 24, Body::Alphanumeric, "Bitbucket password"),
    ("ATATT3x", 40, Body::Any, "Atlassian token"),
    ("ATCTT3x", 40, Body::Any, "Atlassian token"),
    ("sk_live_", 16, Body::Alphanumeric, "Stripe key"),
    ("sk_test_", 16, Body::Alphanumeric, "Stripe key"),
    ("rk_live_", 16, Body::Alphanumeric, "Stripe key"),
    ("rk_test_", 16, Body::Alphanumeric, "Stripe key"),
    ("whsec_", 24, Body::Any, "webhook secret"),
    ("AKIA", 16, Body::Upper, "AWS access key"),
    ("ASIA", 16, Body::Upper, "AWS access key"),
    ("ABIA", 16, Body::Upper, "AWS access key"),
    ("ACCA", 16, Body::Upper, "AWS access key"),
    ("AIza", 30, Body::Any, "Google API key"),
    ("ya29.", 20, Body::Any, "Google token"),
    ("GOCSPX-", 20, Body::Any, "Google client secret"),
    ("npm_", 30, Body::Alphanumeric, "npm token"),
    ("pypi-", 60, Body::Any, "PyPI token"),
    ("rubygems_", 40, Body::Hex, "RubyGems key"),
    ("cio", 32, Body::Alphanumeric, "crates.io token"),
    ("dckr_pat_", 20, Body::Any, "Docker token"),
    ("dckr_oat_", 20, Body::Any, "Docker token"),
    ("xoxb-", 20, Body::Any, "Slack token"),
    ("xoxp-", 20, Body::Any, "Slack token"),
    ("xoxa-", 20, Body::Any, "Slack token"),
    ("xoxr-", 20, Body::Any, "Slack token"),
    ("xoxs-", 20, Body::Any, "Slack token"),
    ("xoxc-", 20, Body::Any, "Slack token"),
    ("xoxd-", 20, Body::Any, "Slack token"),
    ("xoxe-", 20, Body::Any, "Slack token"),
    ("xoxe.", 20, Body::Any, "Slack token"),
    ("xapp-", 20, Body::Any, "Slack token"),
    ("SG.", 60, Body::Any, "SendGrid key"),
    ("SK", 32, Body::Hex, "Twilio key"),
    ("key-", 32, Body::Hex, "Mailgun key"),
    ("xkeysib-", 60, Body::Any, "Brevo key"),
    ("sk-proj-", 20, Body::Any, "OpenAI key"),
    ("sk-svcacct-", 20, Body::Any, "OpenAI key"),
    ("sk-admin-", 20, Body::Any, "OpenAI key"),
    ("sk-ant-", 20, Body::Any, "Anthropic key"),
    ("sk-or-", 20, Body::Any, "OpenRouter key"),
    ("sk-", 32, Body::Alphanumeric, "OpenAI key"),
    ("hf_", 30, Body::Alphanumeric, "Hugging Face token"),
    ("api_org_", 30, Body::Alphanumeric, "Hugging Face token"),
    ("r8_", 30, Body::Any, "Replicate token"),
    ("gsk_", 30, Body::Alphanumeric, "Groq key"),
    ("pplx-", 30, Body::Alphanumeric, "Perplexity key"),
    ("xai-", 40, Body::Alphanumeric, "xAI key"),
    ("dop_v1_", 32, Body::Hex, "DigitalOcean token"),
    ("doo_v1_", 32, Body::Hex, "DigitalOcean token"),
    ("dor_v1_", 32, Body::Hex, "DigitalOcean token"),
    ("shpat_", 16, Body::Hex, "Shopify token"),
    ("shpca_", 16, Body::Hex, "Shopify token"),
    ("shppa_", 16, Body::Hex, "Shopify token"),
    ("shpss_", 16, Body::Hex, "Shopify secret"),
    ("sq0atp-", 20, Body::Any, "Square token"),
    ("sq0csp-", 30, Body::Any, "Square secret"),
    ("EAAA", 50, Body::Any, "Square token"),
    ("EAAC", 50, Body::Alphanumeric, "Facebook token"),
    ("lin_api_", 30, Body::Alphanumeric, "Linear key"),
    ("secret_", 40, Body::Alphanumeric, "Notion token"),
    ("ntn_", 40, Body::Alphanumeric, "Notion token"),
    ("figd_", 30, Body::Any, "Figma token"),
    ("PMAK-", 40, Body::Any, "Postman key"),
    ("dapi", 32, Body::Hex, "Databricks token"),
    ("glsa_", 32, Body::Any, "Grafana token"),
    ("glc_", 32, Body::Any, "Grafana token"),
    ("hvs.", 24, Body::Any, "Vault token"),
    ("hvb.", 24, Body::Any, "Vault token"),
    ("NRAK-", 20, Body::Upper, "New Relic key"),
    ("HRKU-", 30, Body::Any, "Heroku key"),
    ("pscale_tkn_", 32, Body::Any, "PlanetScale token"),
    ("pscale_pw_", 32, Body::Any, "PlanetScale password"),
    ("pul-", 40, Body::Hex, "Pulumi token"),
    ("sntrys_", 40, Body::Any, "Sentry token"),
    ("sntryu_", 40, Body::Hex, "Sentry token"),
    ("sqp_", 40, Body::Hex, "SonarQube token"),
    ("squ_", 40, Body::Hex, "SonarQube token"),
    ("sbp_", 40, Body::Hex, "Supabase token"),
    ("nfp_", 30, Body::Alphanumeric, "Netlify token"),
    ("dp.pt.", 40, Body::Alphanumeric, "Doppler token"),
    ("CCIPAT_", 30, Body::Any, "CircleCI token"),
    ("CFPAT-", 40, Body::Any, "Contentful token"),
    ("tskey-", 20, Body::Any, "Tailscale key"),
    ("LTAI", 16, Body::Alphanumeric, "Alibaba Cloud key"),
    ("bkua_", 40, Body::Hex, "Buildkite token"),
    ("aio_", 28, Body::Alphanumeric, "Adafruit key"),
];

/// What a run of letters, digits and `_-.~=` is by its format; `None` for what only looks like a placeholder.
pub(super) fn name(run: &str) -> Option<&'static str> {
    let name = by_prefix(run).or_else(|| by_shape(run))?;
    let is_example = run.ends_with("EXAMPLE") || placeholders::is_placeholder(run);
    (!is_example).then_some(name)
}

fn by_prefix(run: &str) -> Option<&'static str> {
    let is_of = |(prefix, least, body, _): &&Form| {
        run.strip_prefix(prefix).is_some_and(|rest| {
            let fits = |byte: u8| match body {
                Body::Any => true,
                Body::Alphanumeric => byte.is_ascii_alphanumeric(),
                Body::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
                Body::Hex => byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'),
            };
            let length = rest.bytes().take_while(|byte| fits(*byte)).count();
            let is_exact = !matches!(body, Body::Upper) || length == rest.len();
            length >= *least
                && is_exact
                && rest.bytes().any(|byte| byte.is_ascii_digit())
                && !placeholders::is_placeholder(rest)
        })
    };
    // Of a hundred prefixes, the first letter leaves a few.
    let first = run.as_bytes().first();
    let begins_alike = |form: &&Form| form.0.as_bytes().first() == first;
    FORMS.iter().filter(begins_alike).find(is_of).map(|(.., name)| *name)
}

/// Formats that have no prefix, or a short one, and are known by their parts.
fn by_shape(run: &str) -> Option<&'static str> {
    let is_base64url = |part: &str, least: usize| {
        part.len() >= least && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-=".contains(&byte))
    };
    let mut parts = run.split('.');
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    if let (Some(second), Some(third)) = (second, third) {
        // RFC 7519; `eyJ` is `{"` in base64.
        let is_jwt = first.starts_with("eyJ") && is_base64url(first, 10) && is_base64url(second, 4);
        if is_jwt && is_base64url(third, 8) {
            return (!placeholders::is_placeholder(third)).then_some("JSON Web Token");
        }
        let is_bot =
            first.starts_with(['M', 'N', 'O']) && (23..=28).contains(&first.len()) && second.len() == 6;
        if is_bot && is_base64url(third, 27) && values::is_jumbled(run) {
            return Some("Discord token");
        }
        if matches!(first, "pk" | "sk" | "tk") && second.starts_with("eyJ") && is_base64url(third, 8) {
            return (first != "pk").then_some("Mapbox token");
        }
    }
    let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'));
    let mailchimp = run.split_at_checked(32).is_some_and(|(key, rest)| {
        let center = rest.strip_prefix("-us").unwrap_or_default();
        !center.is_empty() && center.bytes().all(|byte| byte.is_ascii_digit()) && hex(key)
    });
    mailchimp.then_some("Mailchimp key")
}

/// Whether the digits before a colon and the run after it are the token of a Telegram bot.
pub(super) fn is_telegram(id: &str, run: &str) -> bool {
    let id = id.strip_prefix("bot").unwrap_or(id);
    (8..=10).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_digit())
        && (30..=40).contains(&run.len())
        && values::is_random(run)
}

#[cfg(test)]
mod tests {
    use super::{is_telegram, name};

    #[test]
    fn tokens_are_known_by_their_prefix() {
        let body = "4Kd0pLz5Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVb";
        assert_eq!(name(&format!("ghp_{body}")), Some("GitHub token"));
        assert_eq!(name(&format!("hf_{body}")), Some("Hugging Face token"));
        assert_eq!(name("AKIAQ4Z7TIDE2HARBOR9"), Some("AWS access key"));
        assert_eq!(name("AKIAQ4Z7TIDE2EXAMPLE"), None);
        assert_eq!(name("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"), Some("Shopify token"));
        assert_eq!(name("0f1e2d3c4b5a69788796a5b4c3d2e1f0-us12"), Some("Mailchimp key"));
        for text in [
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "sk-some-long-class-name-of-a-stylesheet-2",
            "npm_config",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn tokens_are_known_by_their_parts() {
        let jwt = "eyJ0eXAiOiJKV1QifQ.eyJpZCI6N30.Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVb";
        assert_eq!(name(jwt), Some("JSON Web Token"));
        assert_eq!(name("eyJ0eXAiOiJKV1QifQ.eyJpZCI6N30"), None);
        assert!(is_telegram("bot5061728394", "AAWn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVbKd0pL"));
        assert!(!is_telegram("8080", "AAWn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVbKd0pL"));
    }
}
