//! Templates for links: of the site, and of its themes.

use std::sync::Arc;

use super::get;
use crate::data::Node;
use crate::site::generators::Setup;

/// What is known of the template that a site has for links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkHook {
    /// There is none.
    None,
    /// It leaves the paths as they are.
    Leaves,
    /// A theme that is not in the checkout may have one.
    Unseen,
    /// It makes paths of what links name, in its own way.
    Resolves,
}

/// Where Hugo looks for it, below a folder of templates.
const FOLDERS: [&str; 2] = ["_default/_markup", "_markup"];

/// What a template that finds pages or files has in it; what it calls may.
const RESOLVERS: [&str; 5] = ["GetPage", "Resources", "ref", "partial", "Ref"];

impl LinkHook {
    /// Looks for the template. `theme` and `module` are keys of the config.
    pub(super) fn of(setup: &Setup<'_>, theme: Option<&Node>, module: Option<&Node>) -> Self {
        let themes = theme.into_iter().flat_map(Node::self_or_items).filter_map(Node::text);
        let themes = themes.map(|name| [format!("themes/{name}"), format!("_vendor/{name}")]);
        let imports = module.and_then(|module| get(module, "imports")).map_or(&[][..], Node::items);
        let imports = imports.iter().filter_map(|import| get(import, "path")?.text());
        let imports = imports.map(|path| [format!("_vendor/{path}"), format!("themes/{path}")]);
        let mut folders = vec!["layouts".to_owned()];
        // Where a program writes the config, the theme and the languages are not known.
        let has_config = setup.config.is_some() || setup.names("content").is_empty();
        let mut hook = if has_config { Self::None } else { Self::Unseen };
        for places in themes.chain(imports) {
            match places.iter().find(|place| !setup.names(place).is_empty()) {
                Some(place) => folders.push(format!("{place}/layouts")),
                None => hook = Self::Unseen,
            }
        }
        let texts: Vec<_> = folders.iter().flat_map(|folder| texts(setup, folder)).collect();
        // Of one without text, nothing is known.
        let may_resolve =
            |text: &Arc<str>| text.trim().is_empty() || RESOLVERS.iter().any(|word| text.contains(word));
        if texts.iter().any(may_resolve) {
            Self::Resolves
        } else if texts.is_empty() {
            hook
        } else {
            Self::Leaves
        }
    }
}

/// The templates for links below a folder of templates.
fn texts(setup: &Setup<'_>, layouts: &str) -> Vec<Arc<str>> {
    let mut texts = Vec::new();
    for folder in FOLDERS.map(|folder| format!("{layouts}/{folder}")) {
        let names = setup.names(&folder);
        let hooks = names.iter().filter(|name| name.starts_with("render-link"));
        texts.extend(hooks.filter_map(|name| setup.read(&format!("{folder}/{name}"))));
    }
    texts
}

/// Whether the site has a template for images, which may find them anywhere.
pub(super) fn has_for_images(setup: &Setup<'_>) -> bool {
    let names = FOLDERS.map(|folder| setup.names(&format!("layouts/{folder}")));
    names.iter().flat_map(|names| names.iter()).any(|name| name.starts_with("render-image"))
}
