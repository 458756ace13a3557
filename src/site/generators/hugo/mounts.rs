//! The folders of a Hugo site, and the languages that they are for.

use std::collections::HashSet;

use super::{Hugo, Language, add_theme, get};
use crate::{
    data::Node,
    site::{
        generators::Setup,
        urls::{Mount, below},
    },
};

/// The languages that a mount is for: `lang`, or in newer versions `sites.matrix.languages`; `None` for the default.
fn languages(mount: &Node) -> Vec<Option<&str>> {
    let matrix = get(mount, "sites").and_then(|sites| get(get(sites, "matrix")?, "languages"));
    let codes: Vec<_> = matrix.map_or(&[][..], Node::self_or_items).iter().map(Node::text).collect();
    if codes.is_empty() { vec![get(mount, "lang").and_then(Node::text)] } else { codes }
}

/// Folders of pages that are compared with each other.
const MAX_MOUNTS: usize = 256;

impl Hugo {
    pub(super) fn add_languages(
        &mut self,
        setup: &mut Setup<'_>,
        find: &dyn Fn(&str) -> Option<Node>,
        languages: &[(&str, &Node)],
    ) {
        let folder = find("contentDir").and_then(|it| it.text().map(str::to_owned));
        let shared = setup.mount(folder.as_deref().unwrap_or("content"), "");
        setup.content(shared.iter().cloned().collect());
        let default = find("defaultContentLanguage").and_then(|it| Some(it.text()?.to_lowercase()));
        let usual = ["languageCode", "locale"].into_iter().find_map(|key| find(key)?.text().map(Box::from));
        setup.layout.languages.default = default.as_deref().map(Box::from).or(usual);
        let default = default.unwrap_or_else(|| "en".to_owned());
        let in_folder = find("defaultContentLanguageInSubdir").as_ref().and_then(Node::as_bool) == Some(true);
        if in_folder && !languages.is_empty() {
            self.usual_prefix = format!("/{default}").into();
        }
        let disabled = find("disableLanguages");
        let disabled = disabled.as_ref().map_or(&[][..], Node::items).iter().filter_map(Node::text);
        let disabled: HashSet<&str> = disabled.collect();
        let (mut mounts, mut is_shared) = (Vec::new(), false);
        for (tag, language) in languages {
            let code = tag.to_lowercase();
            let prefix = if code == default && !in_folder { String::new() } else { format!("/{code}") };
            if get(language, "disabled").and_then(Node::as_bool) == Some(true) || disabled.contains(tag) {
                self.disabled.push(Language { code: code.into(), prefix: prefix.into() });
                continue;
            }
            let folder = get(language, "contentDir").and_then(Node::text);
            match folder {
                Some(folder) => mounts.extend(setup.mount(folder, &prefix)),
                None => is_shared = true,
            }
            let own = folder.and_then(|folder| setup.path(folder));
            setup.layout.languages.folders.extend(own.map(|folder| (folder.into(), (*tag).into())));
            setup.layout.languages.tags.push((*tag).into());
            self.languages.push(Language { code: code.into(), prefix: prefix.into() });
        }
        if languages.is_empty() {
            // It has the default language without a list, too, and files may have it in their names.
            self.languages.push(Language { code: default.into(), prefix: Box::default() });
        }
        if !mounts.is_empty() {
            // Languages without a directory of their own have their pages, with a suffix, in that of the site.
            mounts.extend(shared.filter(|_| is_shared));
            setup.content(mounts);
        }
    }

    /// Divides the folders of pages from those of them that are there in a second language: pages that have no translation
    /// appear in it as they are.
    fn split_fallbacks(&self, mounts: Vec<Mount>) -> (Vec<Mount>, Vec<Mount>) {
        let language = |mount: &Mount| {
            self.languages.iter().position(|it| {
                !it.prefix.is_empty() && below(&it.prefix, &mount.at).is_some() || *it.prefix == *mount.at
            })
        };
        if mounts.len() > MAX_MOUNTS {
            return (mounts, vec![]);
        }
        let (mut first, mut fallbacks): (Vec<(Mount, Option<usize>)>, Vec<Mount>) = (vec![], vec![]);
        for mount in mounts {
            let own = language(&mount);
            let is_second = first.iter().any(|(it, other)| {
                *other != own && (it.folder == mount.folder || it.below(&mount.folder).is_some())
            });
            if is_second { fallbacks.push(mount) } else { first.push((mount, own)) }
        }
        (first.into_iter().map(|(mount, _)| mount).collect(), fallbacks)
    }

    /// `module.mounts`: a list replaces the defaults of the targets that it has. Those of themes come after them.
    pub(super) fn add_mounts(&mut self, setup: &mut Setup<'_>, theme: Option<&Node>, module: Option<&Node>) {
        self.assets.extend(setup.path("assets").map(Into::into));
        let mounts = module.and_then(|module| get(module, "mounts")).map_or(&[][..], Node::items);
        let of = |target: &str| {
            let fitting = mounts.iter().filter_map(|mount| {
                let at = get(mount, "target")?.text()?.trim_matches('/');
                let rest = at.strip_prefix(target).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
                Some((
                    get(mount, "source")?.text()?.to_owned(),
                    rest.to_owned(),
                    languages(mount),
                    ["files", "includeFiles", "excludeFiles"].iter().any(|key| get(mount, key).is_some()),
                ))
            });
            fitting.collect::<Vec<_>>()
        };
        let content = of("content");
        if !content.is_empty() {
            let prefix = |code: Option<&str>| {
                let language = self.languages.iter().find(|it| Some(&*it.code) == code);
                language.map_or("", |language| &*language.prefix)
            };
            let mounts = content.iter().flat_map(|(source, at, codes, is_filtered)| {
                let mounts = codes.iter().filter_map(|code| {
                    let mount = setup.mount(source, &format!("{}{at}", prefix(*code)))?;
                    Some(Mount { is_filtered: *is_filtered, ..mount })
                });
                mounts.collect::<Vec<_>>()
            });
            let mounts: Vec<Mount> = mounts.collect();
            // A program puts the pages of what is missing there before the build.
            let absent: Vec<Mount> =
                mounts.iter().filter(|it| is_absent(setup, &it.folder)).cloned().collect();
            for mount in &absent {
                let path = mount.at.strip_suffix(".md").unwrap_or(&mount.at);
                let folder = path.strip_suffix("/_index").or_else(|| path.strip_suffix("/index"));
                setup.layout.moves.add_pattern(folder.unwrap_or(path));
            }
            let (mounts, fallbacks) = self.split_fallbacks(mounts);
            self.fallbacks = fallbacks;
            setup.content(mounts);
        }
        let (whole, parts): (Vec<_>, Vec<_>) = of("static").into_iter().partition(|it| it.1.is_empty());
        let copied = parts.iter().filter_map(|(source, at, ..)| setup.mount(source, at));
        setup.layout.copied = copied.chain(self.fallbacks.iter().cloned()).collect();
        let statics: Vec<String> = whole.into_iter().map(|it| it.0).collect();
        if !statics.is_empty() {
            setup.statics(&statics);
        }
        add_theme(setup, theme);
        let assets = of("assets");
        if !assets.is_empty() {
            self.assets = assets.iter().filter_map(|(source, ..)| Some(setup.path(source)?.into())).collect();
        }
    }
}

/// Adds the pages and files of modules that the repository has in `_vendor`, as the `mounts` of their imports say.
pub(super) fn add_vendored(setup: &mut Setup<'_>, module: Option<&Node>) {
    let imports = module.and_then(|module| get(module, "imports")).map_or(&[][..], Node::items);
    let (mut content, mut statics) = (vec![], vec![]);
    for import in imports.iter().take(MAX_MOUNTS) {
        let Some(path) = get(import, "path").and_then(Node::text) else { continue };
        for mount in get(import, "mounts").map_or(&[][..], Node::items).iter().take(MAX_MOUNTS) {
            let text = |key: &str| get(mount, key).and_then(Node::text);
            let (Some(source), Some(target)) = (text("source"), text("target")) else { continue };
            let folder = format!("_vendor/{path}/{source}");
            if setup.project.names(&folder).is_empty() {
                continue;
            }
            if target == "static" {
                statics.extend(setup.path(&folder).map(Into::into));
            } else if let Some(rest) = target.strip_prefix("content") {
                content.extend(setup.mount(&folder, rest.trim_matches('/')));
            }
        }
    }
    if !content.is_empty() {
        let own = setup.layout.content.iter().cloned();
        let all = own.chain(content).collect();
        setup.content(all);
    }
    setup.layout.statics.extend(statics);
}

/// Whether neither a file nor a folder of the site has this path.
fn is_absent(setup: &Setup<'_>, path: &str) -> bool {
    setup.project.names(path).is_empty() && setup.project.text(path).is_none()
}
