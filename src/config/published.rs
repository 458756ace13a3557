//! Where a site is published, by files around it, where its generator's config does not say so.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use url::Url;

use super::{CMS_PATHS, load::ConfigSource};
use crate::{
    discover::SiteFiles,
    links::hosts::{is_forge, without_www},
    site::urls::{Layout, LayoutOrigin},
};

/// Hosts of package registries, where many packages have their home page.
const REGISTRIES: [&str; 3] = ["npmjs.com", "npmjs.org", "jsr.io"];

/// Actions that publish a site on GitHub Pages.
const PAGES_ACTIONS: [&str; 3] = ["actions/deploy-pages", "/actions-gh-pages", "/github-pages-deploy-action"];

/// The most workflows that are looked at.
const MAX_WORKFLOWS: usize = 50;

/// Whether a workflow of the repository publishes it on GitHub Pages.
fn is_on_github_pages(files: &SiteFiles) -> bool {
    let folder = Path::new(".github/workflows");
    let names = files.names(folder);
    let is_workflow =
        |name: &&String| Path::new(name).extension().is_some_and(|it| it == "yml" || it == "yaml");
    let texts = names.iter().filter(is_workflow).take(MAX_WORKFLOWS);
    texts.filter_map(|name| files.read(&folder.join(name)).ok()).any(|text| {
        let text = text.to_ascii_lowercase();
        PAGES_ACTIONS.iter().any(|action| text.contains(action))
    })
}

/// Adds the URLs of sites that none of the configs has.
pub(super) fn add_urls(files: &SiteFiles, layouts: &mut [Layout]) {
    let is_on_github_pages = is_on_github_pages(files);
    for layout in layouts.iter_mut() {
        layout.is_on_github_pages = is_on_github_pages;
    }
    let is_only = layouts.iter().filter(|layout| layout.kind.is_some()).count() == 1;
    for layout in layouts.iter_mut().filter(|layout| layout.kind.is_some() && layout.url.is_none()) {
        // What is in the root of the project is said of its only site.
        let mut folders = BTreeSet::from([layout.root.clone()]);
        if is_only {
            folders.insert(Box::default());
        }
        let found = cname(files, layout, &folders)
            .or_else(|| cms(files, layout, is_only))
            .or_else(|| homepage(files, &folders));
        let Some((mut url, path)) = found else { continue };
        if let Some(base) = layout.base.take() {
            url.set_path(&format!("{base}/"));
        }
        layout.url = Some(url);
        layout.origins.insert("url", LayoutOrigin::Generator(path));
    }
}

/// The host in a `CNAME` file, which GitHub Pages takes from the published folder.
fn cname(files: &SiteFiles, layout: &Layout, folders: &BTreeSet<Box<str>>) -> Option<(Url, Arc<str>)> {
    let content = layout.content.iter().filter(|mount| mount.at.is_empty()).map(|mount| &mount.folder);
    let folders = layout.statics.iter().chain(content).chain(folders);
    let mut hosts = folders.filter_map(|folder| {
        let path = Path::new(&**folder).join("CNAME");
        let text = files.read(&path).ok()?;
        let host = text.lines().map(str::trim).find(|line| !line.is_empty())?;
        let is_name = host.contains('.') && !host.contains(['/', ':', '@', ' ', '?', '#']);
        Some((Url::parse(&format!("https://{host}/")).ok().filter(|_| is_name)?, shown(&path)))
    });
    hosts.next()
}

/// The `site_url` of a CMS.
fn cms(files: &SiteFiles, layout: &Layout, is_only: bool) -> Option<(Url, Arc<str>)> {
    let mut paths = CMS_PATHS.iter().map(Path::new);
    let (path, text) = paths.find_map(|path| Some((path, files.read(path).ok()?)))?;
    // Few have it, and parsing takes longer than everything else here.
    if !text.contains("site_url") {
        return None;
    }
    let source = ConfigSource::read(files, path).ok()?;
    let is_here = layout.root.is_empty() || is_only;
    let text = source.tree.root.as_ref()?.get("site_url")?.text().filter(|_| is_here)?;
    Some((web(text)?, shown(&source.path)))
}

/// The home page of the package, unless that is on a forge or in a registry.
fn homepage(files: &SiteFiles, folders: &BTreeSet<Box<str>>) -> Option<(Url, Arc<str>)> {
    let mut pages = folders.iter().rev().filter_map(|folder| {
        let source = ConfigSource::read(files, &Path::new(&**folder).join("package.json")).ok()?;
        let url = web(source.tree.root.as_ref()?.get("homepage")?.text()?)?;
        let host = without_www(url.host_str()?);
        let is_elsewhere = is_forge(host) || REGISTRIES.contains(&host) || url.fragment().is_some();
        (!is_elsewhere).then(|| (url, shown(&source.path)))
    });
    pages.next()
}

fn web(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

fn shown(path: &Path) -> Arc<str> {
    path.to_string_lossy().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::generators::SiteKind;

    fn url_of(files: &'static [(&'static str, &'static str)], mut layout: Layout) -> Option<String> {
        layout.root = "web".into();
        let mut layouts = [Layout::of_kind(None), layout];
        add_urls(&SiteFiles::in_memory(files.iter().copied()), &mut layouts);
        assert_eq!(layouts[0].url, None);
        layouts[1].url.as_ref().map(Url::to_string)
    }

    #[test]
    fn files_around_a_site_name_its_host() {
        const PACKAGE: &str = r#"{"homepage": "https://harbour.example/docs"}"#;
        let site = || Layout::of_kind(Some(SiteKind::Hugo));
        for (files, expected) in [
            (&[("CNAME", "\n harbour.example \n")][..], Some("https://harbour.example/")),
            (
                &[("static/CNAME", "harbour.example"), ("package.json", PACKAGE)],
                Some("https://harbour.example/"),
            ),
            (
                &[("CNAME", "harbour.example/x"), ("web/package.json", PACKAGE)],
                Some("https://harbour.example/docs"),
            ),
            (
                &[("static/admin/config.yml", "site_url: http://harbour.example")],
                Some("http://harbour.example/"),
            ),
            (&[("static/admin/config.yml", "site_url: [harbour]")], None),
            (&[("package.json", r#"{"homepage": "https://github.com/harbour/site"}"#)], None),
            (&[("package.json", r#"{"homepage": "https://www.npmjs.com/package/harbour"}"#)], None),
            (&[("package.json", r#"{"homepage": "https://forge.example/harbour#readme"}"#)], None),
            (&[("package.json", r#"{"homepage": "./"}"#)], None),
        ] {
            assert_eq!(url_of(files, site()).as_deref(), expected, "{files:?}");
        }
    }

    #[test]
    fn what_a_config_says_stays() {
        const CNAME: &[(&str, &str)] = &[("CNAME", "harbour.example")];
        let with_base = Layout { base: Some("/quay".into()), ..Layout::of_kind(Some(SiteKind::Vitepress)) };
        assert_eq!(url_of(CNAME, with_base).as_deref(), Some("https://harbour.example/quay/"));
        let url = Url::parse("https://quay.example/").ok();
        let named = Layout { url, ..Layout::of_kind(Some(SiteKind::Hugo)) };
        assert_eq!(url_of(CNAME, named).as_deref(), Some("https://quay.example/"));
    }
}
