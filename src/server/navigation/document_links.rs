//! The links of a page, for a client to open.

use gen_lsp_types::{DocumentLink, DocumentLinkParams, Uri};
use url::Url;

use crate::{
    server::{
        completion::{known, title},
        main_loop::Server,
        uri,
    },
    site::urls::Target,
};

impl Server {
    /// The links of a page that lead to a file of the site or to the web.
    pub(in crate::server) fn document_links(&self, params: &DocumentLinkParams) -> Option<Vec<DocumentLink>> {
        let page = self.page(&params.text_document.uri)?;
        let document = page.document();
        let site = page.index.site();
        let from = known(&page);
        let links = document.targets().iter().filter_map(|target| {
            let (uri, tooltip) = match from.map(|from| site.resolve(from, &target.url)) {
                Some(Target::Page(to)) => {
                    let other = &site.pages[to.page];
                    (uri::of_path(&page.index.project.root.join(&other.path)), Some(title(other)))
                }
                Some(Target::File { path, .. }) => {
                    (uri::of_path(&page.index.project.root.join(&*path)), None)
                }
                _ => (web(&target.url)?, None),
            };
            Some(DocumentLink {
                range: page.places.range(target.span),
                target: Some(uri),
                tooltip,
                data: None,
            })
        });
        Some(links.collect())
    }
}

/// The URL of a page on the web.
fn web(url: &str) -> Option<Uri> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(Uri(url.into()))
}
