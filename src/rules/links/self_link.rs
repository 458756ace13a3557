use crate::{
    declare_rule,
    diagnostic::Sink,
    fix::{Applicability, Changes},
    links::{self, TargetKind, WebAddress, shortened},
    rule::{Fixable, Rule},
    rules::destinations::{fragment, is_doubtful, is_on_site, like, rewrite},
    site::{
        Page, Site,
        urls::{Form, Missing, OwnHost, OwnSite, PageTarget, Target},
    },
};

declare_rule! {
    /// A link to the site itself has another form than the site's paths
    ///
    /// ## Why
    ///
    /// An address with the site's own host leads away from a preview or a copy of the site, and keeps the host in the
    /// pages when it changes. A path in another form than the page has, such as `/tides.html` or `/tides` for
    /// `/tides/`, costs a redirect at best; with a strict server it leads nowhere. The form of the paths is known from
    /// the site's generator or `site.trailing-slash`, the host from `site.url`.
    ///
    /// The front page may be named by the host. Pages that are not on the site, such as the README of its repository, name the host rightly, and so do front
    /// matter and addresses that readers see.
    ///
    /// With `site: { url: "https://quay.example", trailing-slash: always }` in the config:
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// See the [tides](https://quay.example/tides/) and the [ferries](/ferries).
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// See the [tides](/tides/) and the [ferries](/ferries/).
    /// ```
    pub struct SelfLink {}
    id = "self-link",
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for SelfLink {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for (target, leads) in site.leads(page) {
            let Some((path, message)) = better(page, site, target, leads) else { continue };
            let right = like(page, site, target, &path);
            if right == *target.url {
                continue;
            }
            let found = sink.report(target.span, message);
            found.help(format!("write `{}`", shortened(&right)));
            // Below a path of the host some generators put that in front of what begins with `/`.
            let is_sure = site.urls.layout.base().is_empty();
            let trust = if is_sure { Applicability::Safe } else { Applicability::Unsafe };
            rewrite(found, target, trust, right);
        }
    }
}

/// The path that the site has for an address, with its fragment, and what is wrong with the address.
fn better(
    page: &Page,
    site: &Site,
    target: &links::Target,
    leads: &Target,
) -> Option<(String, &'static str)> {
    let fragment = fragment(&target.url);
    let (path, message) = match leads {
        Target::Page(to) => wrong_form(site, to)?,
        Target::OwnSite(own) => match &*own.target {
            Target::Page(to) if wrong_form(site, to).is_some() => wrong_form(site, to)?,
            Target::Missing(Missing { better_form: Some(form), .. }) if is_doubtful(own) => {
                (format!("{}{form}", site.urls.layout.base()), HTML)
            }
            _ => (named_host(page, site, target, own)?, "this names the site's own host"),
        },
        _ => return None,
    };
    Some((format!("{path}{fragment}"), message))
}

const HTML: &str = "the paths of this site do not end in `.html`";

/// The path of a page that a link names in another form.
fn wrong_form(site: &Site, to: &PageTarget) -> Option<(String, &'static str)> {
    let message = match to.form {
        Form::Html => HTML,
        Form::SlashMissing => "the paths of this site end in a slash",
        Form::SlashExtra => "this page has another form of path",
        Form::Canonical | Form::Source | Form::RawSource | Form::Other => return None,
    };
    Some((site.canonical_link(to.page, None)?, message))
}

/// The path of an address that names the site's host although a path would do. The front page is what the host is
/// named for.
fn named_host(page: &Page, site: &Site, target: &links::Target, own: &OwnSite) -> Option<String> {
    let has_reason = matches!(target.kind, TargetKind::Autolink | TargetKind::Bare | TargetKind::FrontMatter);
    let is_there = !matches!(&*own.target, Target::Missing(_) | Target::Moved(_) | Target::Malformed(_));
    // Other names of the host are mended by rules of their own first.
    let is_meant = own.host == OwnHost::Canonical && !has_reason && (is_there || is_doubtful(own));
    if !is_meant || !is_on_site(page, site) {
        return None;
    }
    let path = WebAddress::of(&target.url)?.path();
    (path.trim_end_matches('/') != site.urls.layout.base()).then(|| path.to_owned())
}
