//! Secrets in the paths of URLs: webhooks, private feeds and calendars.

use std::ops::Range;

use super::{
    decode::Decoded,
    names::{self, Bare, Certainty},
    placeholders,
    url::{Url, end_of},
    values,
};
use crate::text::is_host_below;

/// Hosts and the paths of their webhooks and feeds: `*` is any segment, `!` the secret one; what comes after it does not
/// matter. `+` is the secret and everything after it, and `?` is a secret that may be short. From the documentation of the services.
const SERVICES: [(&str, &str); 57] = [
    ("hooks.slack.com", "services/*/*/!"),
    ("hooks.slack.com", "workflows/*/*/*/!"),
    ("hooks.slack.com", "triggers/*/*/!"),
    ("discord.com", "api/webhooks/*/!"),
    ("discord.com", "api/*/webhooks/*/!"),
    ("discordapp.com", "api/webhooks/*/!"),
    ("discordapp.com", "api/*/webhooks/*/!"),
    ("webhook.office.com", "webhookb2/+"),
    ("outlook.office.com", "webhook/+"),
    ("outlook.office365.com", "webhook/+"),
    ("outlook.office365.com", "owa/calendar/*/!"),
    ("outlook.office.com", "owa/calendar/*/!"),
    ("outlook.live.com", "owa/calendar/+"),
    ("hooks.zapier.com", "hooks/catch/*/?"),
    ("hooks.zapier.com", "hooks/standard/*/?"),
    ("maker.ifttt.com", "trigger/*/with/key/!"),
    ("maker.ifttt.com", "trigger/*/json/with/key/!"),
    ("maker.ifttt.com", "use/!"),
    ("hook.make.com", "!"),
    ("eu1.make.com", "!"),
    ("eu2.make.com", "!"),
    ("us1.make.com", "!"),
    ("us2.make.com", "!"),
    ("hook.integromat.com", "!"),
    ("events.pagerduty.com", "integration/!"),
    ("events.pagerduty.com", "x-ere/!"),
    ("alert.victorops.com", "integrations/*/*/alert/!"),
    ("datadoghq.com", "v1/input/!"),
    ("datadoghq.com", "api/v2/logs/!"),
    ("loggly.com", "inputs/!"),
    ("loggly.com", "bulk/!"),
    ("hc-ping.com", "!"),
    ("cronitor.link", "p/!"),
    ("betterstack.com", "api/v1/heartbeat/!"),
    ("betteruptime.com", "api/v1/heartbeat/!"),
    ("api.netlify.com", "build_hooks/!"),
    ("api.vercel.com", "v1/integrations/deploy/*/!"),
    ("api.cloudflare.com", "client/v4/pages/webhooks/deploy_hooks/!"),
    ("webhook.gatsbyjs.com", "hooks/data_source/publish/!"),
    ("hub.docker.com", "api/build/v1/source/*/trigger/!"),
    ("hooks.airtable.com", "workflows/v1/genericWebhook/*/*/!"),
    ("open.feishu.cn", "open-apis/bot/v2/hook/!"),
    ("open.larksuite.com", "open-apis/bot/v2/hook/!"),
    ("instructure.com", "feeds/calendars/!"),
    ("patreon.com", "rss/private/!"),
    ("tripit.com", "feed/ical/private/!"),
    ("hooks.slack-gov.com", "services/*/*/!"),
    ("hooks.slack-gov.com", "workflows/*/*/*/!"),
    ("workato.com", "webhooks/rest/!"),
    ("hooks.nabu.casa", "!"),
    ("api.pushcut.io", "!"),
    ("sumologic.com", "receiver/v1/http/!"),
    ("sentry.io", "api/*/cron/*/!"),
    ("basecamp.com", "*/integrations/!"),
    ("app.bitrise.io", "h/*/!"),
    ("hooks.bitrise.io", "h/*/*/!"),
    ("webhook.buildkite.com", "deliver/!"),
];

/// Shorter segments are not secrets.
const SHORTEST: usize = 16;

/// Shorter segments are not secrets, not even where a service is known for short ones.
const SHORTEST_KNOWN: usize = 6;

/// Bytes of a path that are looked at.
const LONGEST: usize = 512;

/// The secret in the path of a URL, and whether it is surely one.
pub(super) fn secret(word: &Decoded<'_>, url: &Url) -> Option<(Range<usize>, bool)> {
    let start = url.authority.end;
    let most = word.len().min(start + LONGEST);
    let end = end_of(word, start..most, url.level, |byte| matches!(byte, b'?' | b'#' | b'&' | b':'));
    let path = &word.bytes[start..end];
    if path.len() <= SHORTEST || !path.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let segments = segments(word, start, end, url.level);
    // Services with short secrets have them at hosts such as `hooks.zapier.com`.
    let may_be_short = url.host.starts_with("hook");
    if !may_be_short && !segments.iter().any(|it| it.len() >= SHORTEST) {
        return None;
    }
    let text = |range: &Range<usize>| word.text(range.clone());
    let by_service = || {
        let mut services = SERVICES.iter().filter(|(host, _)| is_host_below(&url.host, host));
        services.find_map(|(_, pattern)| matching(pattern, &segments, &text))
    };
    if let Some((found, least)) = by_service() {
        return is_value(&text(&found), least).then_some((found, true));
    }
    by_neighbor(&segments, &text)
}

/// The segments of a path; those after the first 32 do not matter.
fn segments(word: &Decoded<'_>, start: usize, end: usize, level: usize) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut from = start;
    let is_slash = |at: &usize| matches!(word.bytes[*at], b'/' | b'\\') && word.level(*at) <= level;
    for at in (start..end).filter(is_slash).chain([end]) {
        if at > from {
            segments.push(from..at);
        }
        from = at + 1;
        if segments.len() == 32 {
            break;
        }
    }
    // The punctuation of the text after the URL: no secret ends in it.
    if let Some(last) = segments.last_mut() {
        let is_punctuation = |byte: &&u8| b".,;!?'*$|}])".contains(byte);
        let punctuation = word.bytes[last.clone()].iter().rev().take_while(is_punctuation).count();
        last.end -= punctuation;
    }
    segments
}

/// The secret of a path that is as a pattern says, and how long it is at least.
fn matching<'a>(
    pattern: &str,
    segments: &[Range<usize>],
    text: &impl Fn(&Range<usize>) -> std::borrow::Cow<'a, str>,
) -> Option<(Range<usize>, usize)> {
    let mut rest = segments.iter();
    for part in pattern.split('/') {
        let segment = rest.next()?;
        match part {
            "*" => {}
            "!" => return Some((segment.clone(), SHORTEST)),
            "?" => return Some((segment.clone(), SHORTEST_KNOWN)),
            "+" => return Some((segment.start..segments.last()?.end, SHORTEST)),
            part if text(segment).eq_ignore_ascii_case(part) => {}
            _ => return None,
        }
    }
    None
}

/// Whether the segment of a known service is a secret and not a placeholder.
fn is_value(text: &str, least: usize) -> bool {
    text.len() >= least
        && !placeholders::is_placeholder(text)
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && !text.contains(['{', '<', '$', '['])
}

/// The secret that the segments around it tell: private feeds, calendars, hooks, and what is named as a secret.
fn by_neighbor<'a>(
    segments: &[Range<usize>],
    text: &impl Fn(&Range<usize>) -> std::borrow::Cow<'a, str>,
) -> Option<(Range<usize>, bool)> {
    let is_calendar = segments.last().is_some_and(|last| {
        let last = text(last);
        let ending = last.trim_end_matches(['.', ',', ')', '*']).rsplit_once('.');
        ending.is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("ics"))
    });
    let is_public = segments.iter().any(|it| text(it).eq_ignore_ascii_case("public"));
    for (at, segment) in segments.iter().enumerate().filter(|(_, it)| it.len() >= SHORTEST) {
        let value = text(segment);
        if value.strip_prefix("private-").is_some_and(values::is_random) {
            return Some((segment.start + "private-".len()..segment.end, true));
        }
        let stem = value.trim_end_matches(".ics").trim_end_matches(".rss").trim_end_matches(".xml");
        if !values::is_random(stem) || placeholders::is_placeholder(stem) || stem.contains('@') {
            continue;
        }
        let found = segment.start..segment.start + stem.len();
        if is_calendar && !is_public {
            return Some((found, true));
        }
        let Some(before) = at.checked_sub(1).map(|before| text(&segments[before]).to_ascii_lowercase())
        else {
            continue;
        };
        if matches!(&*before, "private" | "hooks" | "hook" | "webhook" | "webhooks") && value.len() >= 20 {
            // Of several segments that a machine made, any may be the secret one.
            let is_more = |it: &&Range<usize>| values::is_random(&text(it));
            let end = segments[at + 1..].iter().take_while(is_more).last().map_or(found.end, |it| it.end);
            return Some((found.start..end, true));
        }
        // A number in front makes a name of it, such as that of a company.
        let is_name = before.starts_with(|c: char| c.is_ascii_digit());
        let certainty = Bare::new(before.as_bytes())
            .filter(|_| !is_name)
            .and_then(|bare| names::certainty(bare.as_bytes()));
        if matches!(certainty, Some(Certainty::Token | Certainty::Password)) {
            // Contracts and coins of a chain are called tokens, too.
            return Some((found, before != "token"));
        }
    }
    None
}
