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
    /// Those of `Any`, which alternate as in no word.
    Random,
}

/// From the documentation of the services on the formats of their tokens and on secret scanning; in groups by service.
const FORMS: [Form; 188] = [
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
    ("glffct-", 16, Body::Any, "GitLab token"),
    ("glwt-", 16, Body::Any, "GitLab token"),
    ("AKCp", 60, Body::Alphanumeric, "Artifactory key"),
    ("cmVmdGtu", 50, Body::Alphanumeric, "Artifactory token"),
    ("oy2", 43, Body::Random, "NuGet key"),
    ("ABSK", 100, Body::Alphanumeric, "AWS Bedrock key"),
    ("xwfp-", 20, Body::Any, "Slack token"),
    ("re_", 30, Body::Random, "Resend key"),
    ("mlsn.", 60, Body::Hex, "MailerSend token"),
    ("fw_", 22, Body::Random, "Fireworks key"),
    ("lsv2_", 40, Body::Any, "LangSmith key"),
    ("tvly-", 30, Body::Any, "Tavily key"),
    ("pcsk_", 60, Body::Any, "Pinecone key"),
    ("nvapi-", 60, Body::Any, "NVIDIA key"),
    ("pa-", 40, Body::Random, "Voyage key"),
    ("jina_", 50, Body::Alphanumeric, "Jina key"),
    ("tgp_v1_", 40, Body::Any, "Together key"),
    ("wandb_v1_", 60, Body::Any, "Weights & Biases key"),
    ("fc-", 32, Body::Hex, "Firecrawl key"),
    ("e2b_", 40, Body::Hex, "E2B key"),
    ("phx_", 40, Body::Alphanumeric, "PostHog key"),
    ("phs_", 40, Body::Alphanumeric, "PostHog key"),
    ("rnd_", 24, Body::Random, "Render key"),
    ("fo1_", 40, Body::Any, "Fly.io token"),
    ("fm1_", 60, Body::Any, "Fly.io token"),
    ("fm2_", 60, Body::Any, "Fly.io token"),
    ("vcp_", 50, Body::Alphanumeric, "Vercel token"),
    ("vercel_blob_rw_", 40, Body::Any, "Vercel token"),
    ("v1.0-", 150, Body::Any, "Cloudflare key"),
    ("pscale_oauth_", 32, Body::Any, "PlanetScale token"),
    ("napi_", 60, Body::Alphanumeric, "Neon key"),
    ("dbtc_", 30, Body::Any, "dbt token"),
    ("dbtu_", 30, Body::Any, "dbt token"),
    ("dbts_", 30, Body::Any, "dbt token"),
    ("ico-", 32, Body::Alphanumeric, "Infracost key"),
    ("dp.st.", 40, Body::Any, "Doppler token"),
    ("dp.ct.", 40, Body::Alphanumeric, "Doppler token"),
    ("dp.sa.", 40, Body::Alphanumeric, "Doppler token"),
    ("dp.scim.", 40, Body::Alphanumeric, "Doppler token"),
    ("dp.audit.", 40, Body::Alphanumeric, "Doppler token"),
    ("ops_eyJ", 200, Body::Any, "1Password token"),
    ("NRII-", 30, Body::Any, "New Relic key"),
    ("eyJrIjoi", 60, Body::Any, "Grafana key"),
    ("dt0c01.", 80, Body::Any, "Dynatrace token"),
    ("dt0s01.", 80, Body::Any, "Dynatrace token"),
    ("dt0s16.", 80, Body::Any, "Dynatrace token"),
    ("hcaik_", 50, Body::Alphanumeric, "Honeycomb key"),
    ("rootly_", 60, Body::Hex, "Rootly key"),
    ("lin_oauth_", 60, Body::Hex, "Linear token"),
    ("tfp_", 40, Body::Any, "Typeform token"),
    ("sk", 150, Body::Alphanumeric, "Sanity token"),
    ("pnu_", 36, Body::Alphanumeric, "Prefect key"),
    ("pnb_", 36, Body::Alphanumeric, "Prefect key"),
    ("rdme_", 60, Body::Alphanumeric, "ReadMe key"),
    ("fio-u-", 60, Body::Any, "Frame.io token"),
    ("sl.", 120, Body::Random, "Dropbox token"),
    ("EAA", 80, Body::Alphanumeric, "Facebook token"),
    ("IGQ", 100, Body::Random, "Instagram token"),
    ("access-sandbox-", 36, Body::Random, "Plaid token"),
    ("access-development-", 36, Body::Random, "Plaid token"),
    ("access-production-", 36, Body::Random, "Plaid token"),
    ("FLWSECK", 32, Body::Any, "Flutterwave key"),
    ("EZAK", 54, Body::Alphanumeric, "EasyPost key"),
    ("EZTK", 54, Body::Alphanumeric, "EasyPost key"),
    ("AGE-SECRET-KEY-1", 58, Body::Upper, "age key"),
    ("AKID", 32, Body::Alphanumeric, "Tencent Cloud key"),
    ("t1.9eu", 60, Body::Any, "Yandex token"),
    ("y0_", 50, Body::Any, "Yandex token"),
    ("AQVN", 34, Body::Any, "Yandex key"),
    ("vk1.a.", 100, Body::Any, "VK token"),
    ("sqa_", 40, Body::Hex, "SonarQube token"),
    ("sgp_", 40, Body::Any, "Sourcegraph token"),
    ("snyk_uat.", 60, Body::Any, "Snyk token"),
    ("snyk_sat.", 60, Body::Any, "Snyk token"),
    ("sdk-", 36, Body::Random, "LaunchDarkly key"),
    ("dG9rO", 50, Body::Random, "Intercom token"),
    ("key_", 64, Body::Hex, "Cursor key"),
    ("os_v2_app_", 80, Body::Alphanumeric, "OneSignal key"),
    ("mfa.", 80, Body::Any, "Discord token"),
    ("hvr.", 24, Body::Any, "Vault token"),
    ("API-", 25, Body::Upper, "Octopus Deploy key"),
    ("ATTA", 60, Body::Alphanumeric, "Trello token"),
    ("mdb_sa_sk_", 30, Body::Any, "MongoDB secret"),
    ("waka_", 36, Body::Random, "WakaTime key"),
    ("ion_", 42, Body::Alphanumeric, "Ionic token"),
];

/// The first byte of each prefix, which leaves a few of two hundred.
const FIRST_BYTES: [u8; FORMS.len()] = {
    let mut bytes = [0; FORMS.len()];
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = FORMS[at].0.as_bytes()[0];
        at += 1;
    }
    bytes
};

/// What a run of letters, digits and `_-.~=` is by its format; `None` for what only looks like a placeholder.
pub(super) fn name(run: &str) -> Option<&'static str> {
    let name = by_prefix(run).or_else(|| by_shape(run)).or_else(|| by_words(run))?;
    let is_example = run.ends_with("EXAMPLE") || placeholders::is_placeholder(run);
    (!is_example).then_some(name)
}

fn by_prefix(run: &str) -> Option<&'static str> {
    let is_of = |(prefix, least, body, _): &&Form| {
        run.strip_prefix(prefix).is_some_and(|rest| {
            let fits = |byte: u8| match body {
                Body::Any | Body::Random => true,
                Body::Alphanumeric => byte.is_ascii_alphanumeric(),
                Body::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
                Body::Hex => byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'),
            };
            let length = rest.bytes().take_while(|byte| fits(*byte)).count();
            let is_exact = match body {
                Body::Upper => length == rest.len(),
                Body::Random => values::is_jumbled(rest),
                _ => true,
            };
            length >= *least
                && is_exact
                && rest.bytes().any(|byte| byte.is_ascii_digit())
                && !placeholders::is_placeholder(rest)
        })
    };
    let begin_alike = memchr::memchr_iter(*run.as_bytes().first()?, &FIRST_BYTES);
    begin_alike.map(|at| &FORMS[at]).find(is_of).map(|(.., name)| *name)
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
    if let ("s", Some(body), None) = (first, second, third)
        && body.len() == 24
        && values::is_jumbled(body)
    {
        return Some("Vault token");
    }
    if first.len() == 17 && first.starts_with("pat") && second.is_some_and(|key| is_hex(key, 64)) {
        return Some("Airtable token");
    }
    if second == Some("atlasv1") && third.is_some_and(|key| key.len() >= 60) {
        return Some("Terraform token");
    }
    by_mark(run)
}

/// Formats with a fixed text in the middle or at the end.
fn by_mark(run: &str) -> Option<&'static str> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((key, rest)) = run.split_at_checked(32)
        && is_hex(key, 32)
    {
        if rest.strip_prefix("-us").is_some_and(is_digits) {
            return Some("Mailchimp key");
        }
        let parts = rest.strip_prefix('-').and_then(|rest| rest.split_once('-'));
        return parts.filter(|(one, two)| is_hex(one, 8) && is_hex(two, 8)).map(|_| "Mailgun key");
    }
    let parts = run.strip_prefix("pk_").and_then(|rest| rest.split_once('_'));
    if parts.is_some_and(|(user, key)| is_digits(user) && key.len() == 32) {
        return Some("ClickUp token");
    }
    if run.len() == 40 && run.ends_with("_mmk") && run.as_bytes()[6] == b'_' {
        return Some("MaxMind key");
    }
    let azure = |at: usize, mark: &str| run.get(at..at + mark.len()) == Some(mark);
    let is_client = (37..=40).contains(&run.len()) && azure(4, "Q~");
    let is_key = run.len() == 84 && (azure(76, "AZDO") || azure(52, "JQQJ99"));
    (is_client || is_key).then_some("Azure secret")
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

/// Words in a prefix that show that the rest is secret.
const TELLING: [&str; 10] = ["apikey", "live", "pat", "priv", "pw", "rk", "secret", "sk", "tkn", "token"];

/// Words in a prefix that show that the rest is public.
const PUBLIC: [&str; 5] = ["phc", "pk", "pub", "public", "publishable"];

/// The shortest secret after such a prefix, in bytes.
const SHORTEST_BODY: usize = 20;

/// Tokens whose prefix contains a word for a secret: `boats_live_…`, `sk-quay-…`.
fn by_words(run: &str) -> Option<&'static str> {
    let mut rest = run;
    let mut is_telling = false;
    while let Some((word, after)) = rest.split_once(['_', '-']) {
        let is_word = word.len() <= 12
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.bytes().filter(u8::is_ascii_digit).count() <= 2;
        if !is_word {
            break;
        }
        let is_one_of = |words: &[&str]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
        if is_one_of(&PUBLIC) {
            return None;
        }
        is_telling |= is_one_of(&TELLING);
        rest = after;
    }
    // A dot comes before the extension of a file, which may have a checksum in its name.
    let is_body = rest.len() >= SHORTEST_BODY && !rest.contains('.') && values::is_random(rest);
    (is_telling && is_body).then_some("secret key")
}

/// Whether a value is published on purpose, as its prefix says.
pub(super) fn is_public(value: &str) -> bool {
    let prefix = value.split(['_', '-']).next().unwrap_or_default();
    prefix.len() < value.len() && ["pk", "phc"].contains(&prefix) || value.starts_with("sb_publishable_")
}

/// What a run is by what is before it: `1//` begins the refresh tokens of Google, `4/` its codes.
pub(super) fn name_after_slash(before: &[u8], run: &str) -> Option<&'static str> {
    let is_google =
        before.ends_with(b"1//") && run.starts_with('0') || before.ends_with(b"4/") && run.starts_with("0A");
    (is_google && run.len() >= 40 && values::is_random(run)).then_some("Google token")
}

/// What the number before a colon and the run after it are together.
pub(super) fn name_after_id(id: &str, run: &str) -> Option<&'static str> {
    let id = id.strip_prefix("bot").unwrap_or(id);
    if !id.bytes().all(|byte| byte.is_ascii_digit()) || !values::is_random(run) {
        None
    } else if (8..=10).contains(&id.len()) && (30..=40).contains(&run.len()) {
        Some("Telegram bot token")
    } else {
        (id.len() == 16 && is_hex(run, 32)).then_some("Asana token")
    }
}

#[cfg(test)]
mod tests {
    use super::{name, name_after_id};

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
        let body = "AAWn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVbKd0pL";
        assert_eq!(name_after_id("bot5061728394", body), Some("Telegram bot token"));
        assert_eq!(name_after_id("8080", body), None);
        let hex = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
        assert_eq!(name_after_id("1203948576102938", hex), Some("Asana token"));
        assert_eq!(name(&format!("{hex}-1a2b3c4d-5e6f7a8b")), Some("Mailgun key"));
        assert_eq!(
            name("patWn1Yc8Hf6Tg9Ra.0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"),
            Some("Airtable token")
        );
        assert_eq!(name("s.Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM"), Some("Vault token"));
        assert_eq!(name("pk_10293847_Q4Z7TIDE2HARBOR9Q4Z7TIDE2HARBOR9"), Some("ClickUp token"));
        assert_eq!(name("Kd08Q~Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVbKd0pL5"), Some("Azure secret"));
        assert_eq!(name("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"), Some("MaxMind key"));
    }

    #[test]
    fn tokens_are_known_by_words_that_announce_them() {
        let body = "Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM";
        for prefix in ["sk_", "boats_live_", "sk-quay-", "quay_secret_v1_", "PAT-eu1-", "tide_tkn_"] {
            assert_eq!(name(&format!("{prefix}{body}")), Some("secret key"), "{prefix}");
        }
        for public in ["pk_live_", "quay_public_token_", "quay_", "asset-"] {
            assert_eq!(name(&format!("{public}{body}")), None, "{public}");
        }
        for text in [
            "live-reload-of-the-2-pages-and-3-more",
            "token-0f1e2d3c4b5a69788796.js",
            "private_members_of_a_struct_2024",
            "secret-santa-2024-and-2025",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
