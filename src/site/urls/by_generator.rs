//! Links as the generator of the site reads them, and then as browsers do.

use super::{
    Form, Lookup, PageTarget, Target,
    destination::anchor,
    path::{ending, is_for_forge, join, join_route, parent},
    resolve::{AnchorName, LinkResolver, folder_of_route},
};
use crate::{
    site::generators::{Generator, GeneratorLink, LinkReading, Otherwise, SiteKind, Start, Survey, Tag},
    text::PAGE_ENDINGS_WITH_MDX,
};

impl LinkResolver<'_> {
    /// A destination in a notation of the generator's own, such as `{{< ref "tides.md" >}}`.
    pub(super) fn by_tag(&self, destination: &str) -> Option<Target> {
        let generator = self.layout.generator()?;
        let survey = self.site.survey();
        let link = self.link(destination, Start::Page, &survey);
        let Tag { reading, fragment } = generator.tag(destination, &link)?;
        let anchor = fragment.and_then(anchor);
        Some(match reading {
            LinkReading::Files(files, _) => {
                let found = files.iter().find_map(|file| self.named_file(file, &anchor));
                let found = found.or_else(|| self.made_by_build(&files));
                let first = || files.first().cloned().unwrap_or_else(|| destination.to_owned());
                found.unwrap_or_else(|| self.missing_file(first(), anchor))
            }
            LinkReading::SitePath(path) => self
                .at_route(&path, &anchor)
                .unwrap_or_else(|| self.missing_route(&path, anchor, Start::Site)),
            LinkReading::Url | LinkReading::Unknown => Target::Template,
        })
    }

    fn link<'l>(&'l self, path: &'l str, start: Start, survey: &'l Survey<'l>) -> GeneratorLink<'l> {
        GeneratorLink { from: &self.path, path, start, markup: self.markup, layout: self.layout, survey }
    }

    /// Whether a page at the root of the site is for those who read it on a forge, such as a README that is not the
    /// first page.
    fn is_for_forge(&self, route: &str) -> bool {
        parent(&self.path) == &*self.layout.root && is_for_forge(&self.path) && route != "/"
    }

    /// The file of a path in a page that has none of its own on the site, if the generator finds one.
    pub(super) fn named_by_generator(
        &self,
        generator: &dyn Generator,
        path: &str,
        start: Start,
        anchor: &AnchorName,
    ) -> Option<Target> {
        let survey = self.site.survey();
        match generator.reads(&self.link(path, start, &survey)) {
            LinkReading::Files(files, _) => files.iter().find_map(|file| self.named_file(file, anchor)),
            // The pages that show the part are not known, nor what the path leads to from them.
            LinkReading::Unknown => Some(Target::NotVerified { root: format!("/{path}").into() }),
            LinkReading::SitePath(_) | LinkReading::Url => None,
        }
    }

    /// Whether the generator leaves a relative path as it is, so that browsers read it from the URL of the page.
    pub(super) fn goes_out(&self, path: &str) -> bool {
        let survey = self.site.survey();
        let reads = |it: &dyn Generator| it.reads(&self.link(path, Start::Page, &survey)) == LinkReading::Url;
        self.layout.generator().is_some_and(reads)
    }

    /// A path in a page that the generator publishes at `route`.
    pub(super) fn by_generator(
        &self,
        generator: &dyn Generator,
        route: &str,
        path: &str,
        start: Start,
        anchor: AnchorName,
    ) -> Target {
        let is_unpublished =
            || self.site.page_at(&self.path).is_some_and(|page| self.site.routes().is_unpublished(page));
        if start == Start::Page && (self.is_for_forge(route) || is_unpublished()) {
            // Nobody reads it on the site, where it is by accident, or not at all.
            let file = join(parent(&self.path), path).and_then(|file| self.file(&file, &anchor));
            if let Some(target) = file {
                return target;
            }
        }
        let survey = self.site.survey();
        match generator.reads(&self.link(path, start, &survey)) {
            LinkReading::Files(files, otherwise) => {
                let found = files.iter().find_map(|file| self.named_file(file, &anchor));
                match found {
                    // Without an extension it names the path of the page, which some generators look for as a file.
                    Some(Target::Page(to)) if !PAGE_ENDINGS_WITH_MDX.contains(&ending(path).as_str()) => {
                        return Target::Page(PageTarget { form: Form::Canonical, ..to });
                    }
                    Some(target) => return target,
                    None if otherwise == Otherwise::Missing => {
                        if let Some(target) = self.made_by_build(&files) {
                            return target;
                        }
                        let beside = || join(parent(&self.path), path);
                        let Some(file) = files.into_iter().next().or_else(beside) else {
                            return self.outside(path);
                        };
                        return match self.beside_book(&file) {
                            Some(target) => target,
                            None => self.missing_file(file, anchor),
                        };
                    }
                    None if otherwise == Otherwise::Unknown => return self.unknown(path, anchor),
                    None => {}
                }
            }
            LinkReading::Unknown => {
                let target = self.as_url(generator, route, path, start, anchor.clone());
                let is_missing = match &target {
                    Target::Missing(missing) => !self.is_misspelled_route(&missing.looked_for),
                    Target::OutsideRoot => true,
                    Target::Page(to) => to.form == Form::RawSource,
                    _ => false,
                };
                return if is_missing { self.unknown(path, anchor) } else { target };
            }
            LinkReading::Url | LinkReading::SitePath(_) => {}
        }
        self.as_url(generator, route, path, start, anchor)
    }

    /// A file that the generator says a link names. A page that is not published is none.
    fn named_file(&self, path: &str, anchor: &AnchorName) -> Option<Target> {
        if let Some(page) = self.site.page_at(path) {
            let routes = self.site.routes();
            let from = self.site.page_at(&self.path);
            let is_missed =
                routes.is_unpublished(page) && !from.is_some_and(|from| routes.is_unpublished(from));
            if is_missed && self.is_copied(path) {
                return Some(Target::File { path: path.into(), anchor: anchor.clone() });
            }
            return Some(if is_missed {
                self.missing_file(path.to_owned(), anchor.clone())
            } else {
                Target::Page(PageTarget { page, anchor: anchor.clone(), form: Form::Source })
            });
        }
        match self.inventory().lookup(path) {
            Lookup::File(path) => Some(self.existing(&path, anchor)),
            Lookup::Outside => Some(Target::OutsideRoot),
            Lookup::Unknown(root) => Some(Target::NotVerified { root: root.into() }),
            Lookup::Folder(_) | Lookup::Missing => None,
        }
    }

    /// A file outside of a book, in a folder that is not there: another book that is published beside this one has it.
    fn beside_book(&self, file: &str) -> Option<Target> {
        let is_beside = self.layout.kind == Some(SiteKind::Mdbook)
            && self.layout.mount_of(file).is_none()
            && !self.inventory().has_folder(parent(file));
        is_beside.then(|| Target::NotVerified { root: "..".into() })
    }

    /// A file that git ignores, since the build makes it or fetches it.
    fn made_by_build(&self, files: &[String]) -> Option<Target> {
        files.iter().any(|file| self.site.urls.ignores(file)).then_some(Target::Generated)
    }

    /// A path that goes out as it is written.
    fn as_url(
        &self,
        generator: &dyn Generator,
        route: &str,
        path: &str,
        start: Start,
        anchor: AnchorName,
    ) -> Target {
        if start != Start::Page {
            return self.rooted(path, anchor);
        }
        if self.layout.has_base {
            // Nearly always that is the site's `/`.
            let found = self.at_route(&join_route("", path), &anchor);
            return found.unwrap_or_else(|| Target::NotVerified { root: "..".into() });
        }
        let folder = folder_of_route(route);
        let slash =
            if path.ends_with('/') || matches!(path.rsplit('/').next(), Some("." | "..")) { "/" } else { "" };
        let written = format!("{}{slash}", join_route(folder, path));
        if let Some(target) = self.at_route(&written, &anchor) {
            return target;
        }
        if let Some(target) = self.beside(generator, route, path, &anchor) {
            return target;
        }
        if !self.is_meant_as_file(path)
            && let Some(root) = self.above_site(folder, path)
        {
            return Target::NotVerified { root };
        }
        match join(parent(&self.path), path) {
            // The file is beside the source of the page alone.
            Some(file) if !generator.bundles_files(&self.path) && self.inventory().has_file(&file) => {
                self.missing_for_sure(&written, None, anchor)
            }
            Some(file) if self.is_made(&written) || self.may_be_made(generator, &written, &file) => {
                Target::NotVerified { root: format!("/{path}").into() }
            }
            Some(file) if self.is_meant_as_file(path) => self.missing_file(file, anchor),
            Some(_) => self.missing_route(&written, anchor, Start::Page),
            // Browsers read the path from the page's URL, which may be deeper than its file.
            None if join(folder, path).is_some() => self.missing_route(&written, anchor, Start::Page),
            // Browsers stop at the root of the host.
            None if generator.may_make(&written, &self.site.survey()) => {
                Target::NotVerified { root: format!("/{path}").into() }
            }
            None => self.outside(path),
        }
    }

    /// Whether the generator may make a file at a path of the site that a relative link leads to, unless the link is a slip
    /// away from the name of a file.
    fn may_be_made(&self, generator: &dyn Generator, route: &str, file: &str) -> bool {
        let is_asset = !route.ends_with('/') && !ending(route).is_empty();
        is_asset && generator.may_make(route, &self.site.survey()) && !self.is_misspelled_file(file)
    }

    /// What a link finds in the folder of its file, where browsers find nothing: a file that is bundled, or the source
    /// of a page, which readers do not get.
    fn beside(
        &self,
        generator: &dyn Generator,
        route: &str,
        path: &str,
        anchor: &AnchorName,
    ) -> Option<Target> {
        let file = join(parent(&self.path), path)?;
        if let Some(page) = self.site.page_at(&file) {
            if self.site.routes().is_unpublished(page) && !self.is_copied(&file) {
                return None;
            }
            let form = if self.site.route(page).is_some() { Form::RawSource } else { Form::Source };
            return Some(Target::Page(PageTarget { page, anchor: anchor.clone(), form }));
        }
        let found = self.file(&file, anchor)?;
        let is_copied = || self.layout.mount_of(&file).is_some() && self.is_copied(&file);
        let is_served =
            || generator.bundles_files(&self.path) && (!generator.publishes_files() || is_copied());
        match &found {
            Target::File { .. } if is_served() => Some(found),
            Target::OutsideRoot | Target::NotVerified { .. } => Some(found),
            // Where it is not known which form the server gives a path, the folder of the file counts as well.
            _ if !route.ends_with('/') && self.layout.route_form == super::RouteForm::Any => {
                let source = self.layout.mount_of(&self.path);
                let source = source.map(|(mount, below)| format!("{}/{}", mount.at, parent(below)))?;
                self.at_route(&join_route(&source, path), anchor)
            }
            _ => None,
        }
    }

    /// A link that is resolved in an unknown way: broken where it is a slip away from the name of a file.
    fn unknown(&self, path: &str, anchor: AnchorName) -> Target {
        match join(parent(&self.path), path).filter(|file| self.is_misspelled_file(file)) {
            Some(file) => self.missing_file(file, anchor),
            None => Target::NotVerified { root: format!("/{path}").into() },
        }
    }
}
