//! Blogs of Material's plugin.

use jiff::civil;

use crate::{
    data::Node,
    site::{generators::PageSource, urls::PathPattern},
    text::SlugStyle,
};

/// A blog of Material's plugin.
#[derive(Debug)]
pub(super) struct Blog {
    /// Its path, empty at the root.
    at: Box<str>,
    /// The folder of its posts, below that of the pages.
    folder: Box<str>,
    /// The paths of its posts, and the form of the date in them; `None` where that is not known.
    posts: Option<(PathPattern, Box<str>)>,
    /// Whether the config sets the paths of its lists.
    has_own_lists: bool,
}

/// The blogs that a config has.
pub(super) fn blogs(plugins: Option<&Node>) -> Vec<Blog> {
    let mut all = Vec::new();
    for item in plugins.map_or(&[][..], Node::self_or_items) {
        let named = ["blog", "material/blog"];
        let settings = named.iter().find_map(|name| item.get(name));
        if settings.is_some() || item.text().is_some_and(|text| named.contains(&text)) {
            all.push(Blog::of(settings));
        }
    }
    all
}

impl Blog {
    fn of(settings: Option<&Node>) -> Self {
        const LISTS: [&str; 4] = [
            "archive_url_format",
            "categories_url_format",
            "pagination_url_format",
            "authors_profiles_url_format",
        ];
        let has = |key: &str| settings.is_some_and(|it| it.get(key).is_some());
        let text = |key: &str| settings.and_then(|it| it.get(key)?.text());
        let date = text("post_url_date_format").unwrap_or("yyyy/MM/dd");
        let posts = (!has("post_slugify")).then(|| text("post_url_format").unwrap_or("{date}/{slug}"));
        let at = text("blog_dir").unwrap_or("blog").trim_matches(['.', '/']);
        let folder = text("post_dir").unwrap_or("{blog}/posts").replace("{blog}", at);
        Self {
            at: at.into(),
            folder: folder.trim_matches('/').into(),
            posts: posts.map(|format| (PathPattern::with_braces(format), date.into())),
            has_own_lists: LISTS.into_iter().any(has),
        }
    }

    /// Whether a page is one of its posts.
    pub(super) fn has(&self, page: &PageSource<'_>) -> bool {
        page.below.strip_prefix(&*self.folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Its path, beginning with `/` unless it is empty.
    pub(super) fn path(&self) -> String {
        if self.at.is_empty() { String::new() } else { format!("/{}", self.at) }
    }

    /// The path of a post, if it follows from the config and the front matter.
    pub(super) fn post(&self, page: &PageSource<'_>) -> Option<String> {
        let (pattern, form) = self.posts.as_ref()?;
        let date = page.root?.get("date")?;
        let created = date.get("created").and_then(Node::text).or_else(|| date.text())?;
        let date = crate::front_matter::dates::parse(created).ok()?.datetime.date();
        let name = page.text("slug").map(str::to_owned).or_else(|| Some(title_slug(page.text("title")?)));
        let path = pattern.fill(|placeholder| match placeholder {
            "date" => dated(form, date),
            "slug" => name.clone(),
            "file" => Some(page.stem().to_owned()),
            _ => None,
        })?;
        Some(page.formed(&format!("{}{path}", self.path())))
    }

    /// Whether it makes a list of posts at a path.
    pub(super) fn may_make(&self, path: &str) -> bool {
        let rest = path.strip_prefix(&*self.path()).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let lists = ["/archive/", "/category/", "/page/", "/author/"];
        rest.is_some_and(|rest| {
            rest.is_empty() || self.has_own_lists || lists.iter().any(|it| rest.starts_with(it))
        })
    }
}

/// A date in a form such as `yyyy/MM/dd`; `None` where that has other parts.
fn dated(form: &str, date: civil::Date) -> Option<String> {
    let mut text = String::new();
    for part in form.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let name = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        text.push_str(&match name {
            "yyyy" | "y" => date.strftime("%Y").to_string(),
            "yy" => date.strftime("%y").to_string(),
            "MM" => date.strftime("%m").to_string(),
            "M" => date.strftime("%-m").to_string(),
            "dd" => date.strftime("%d").to_string(),
            "d" => date.strftime("%-d").to_string(),
            "" => String::new(),
            _ => return None,
        });
        text.push_str(&part[name.len()..]);
    }
    Some(text)
}

/// The slug of the title of a post.
fn title_slug(title: &str) -> String {
    let slug = crate::text::slug(SlugStyle::Github, title.trim());
    slug.trim_matches('-').to_owned()
}
