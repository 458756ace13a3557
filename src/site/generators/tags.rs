//! Destinations in the notation of template languages: `ref` and `relref` of Hugo, `link` and `post_url` of Jekyll, and
//! the paths of Liquid and Nunjucks.

use super::{GeneratorLink, LinkReading, Otherwise, Tag, source::ends_in};
use crate::site::urls::{join, parent};

/// The largest number of files with one name that a tag may mean.
const MAX_NAMESAKES: usize = 16;

/// `{{< ref "tides.md#low" >}}` or `{{% relref … %}}`: a file of the pages beside the page, else from their folder, else
/// one anywhere with the name. The page in a language, which the name of the file says, is meant before the one without; in
/// a language that `needs_translation`, a page without it stops the build.
pub(super) fn hugo<'d>(
    destination: &'d str,
    link: &GeneratorLink<'_>,
    language: Option<&str>,
    needs_translation: impl Fn(&str) -> bool,
) -> Option<Tag<'d>> {
    let inner = inside(destination, &[("{{<", ">}}"), ("{{%", "%}}")])?.0;
    let (name, argument) = inner.split_once(char::is_whitespace)?;
    let text = quoted(argument.trim()).filter(|_| matches!(name, "ref" | "relref"))?;
    let (path, fragment) = Tag::parts(text)?;
    if path.trim_matches(['/', '.']).is_empty() || path.contains("://") {
        return None;
    }
    let mounts = link.layout.content.iter().map(|mount| &*mount.folder);
    let folder = parent(link.from);
    // A page that is the index of its folder is found from the one above, too.
    let above = parent(folder);
    let beside = [folder, above].into_iter().filter(|_| !path.starts_with('/'));
    let stem = path.trim_end_matches('/').trim_end_matches(".md");
    let other = argument.split_once("lang=").and_then(|(_, text)| quoted(text));
    let foreign = language.filter(|code| other.is_none() && needs_translation(code));
    let language = other.or(language);
    let (mut files, mut translated) = (Vec::new(), Vec::new());
    for base in beside.chain(mounts) {
        let names =
            [path.to_string(), format!("{stem}.md"), format!("{stem}/index.md"), format!("{stem}/_index.md")];
        files.extend(names.iter().filter_map(|name| join(base, name)));
        let own = language.into_iter().flat_map(|code| in_language(stem, code));
        let own = own.filter_map(|name| join(base, &name));
        translated.extend(own.filter(|file| link.survey.has_file(file)));
    }
    if let Some(code) = foreign.filter(|_| translated.is_empty())
        && let Some(file) = files.iter().find(|file| ends_in(file, &["md"]) && link.survey.has_file(file))
    {
        let [file, ..] = in_language(file.trim_end_matches(".md"), code);
        return Some(Tag { reading: LinkReading::Files(vec![file], Otherwise::Missing), fragment });
    }
    files.splice(..0, translated);
    // A page in another language, or one that another module mounts, has the name with something after it.
    let name = stem.rsplit('/').next().unwrap_or(stem);
    if !files.iter().any(|file| link.survey.has_file(file)) {
        // Hugo compares paths in lowercase.
        let twins: Vec<String> =
            files.iter().filter_map(|file| link.survey.twin(file)).map(str::to_owned).collect();
        files.extend(twins);
    }
    let is_there = files.iter().any(|file| link.survey.has_file(file));
    let reading = if !is_there && link.survey.has_stem(name) {
        LinkReading::Unknown
    } else {
        // What is missing is named as it is written.
        files.sort_by_key(|file| !ends_in(file, &["md"]));
        LinkReading::Files(files, Otherwise::Missing)
    };
    Some(Tag { reading, fragment })
}

/// The files of a page in a language: `tides.fr.md`, and that of a folder.
fn in_language(stem: &str, code: &str) -> [String; 3] {
    let folder = stem.strip_suffix("/_index").or_else(|| stem.strip_suffix("/index")).unwrap_or(stem);
    [format!("{stem}.{code}.md"), format!("{folder}/index.{code}.md"), format!("{folder}/_index.{code}.md")]
}

/// `{{ site.baseurl }}/tides/` and `{{ "/tides/" | relative_url }}`: a path from the `/` of the site, as Liquid and
/// Nunjucks write it. `filters` are those that put the base of the site before a path.
pub(super) fn site_path<'d>(destination: &'d str, filters: &[&str]) -> Option<Tag<'d>> {
    let (mut value, mut after) = output(destination)?;
    if value == "site.url"
        && let Some(next) = output(after)
    {
        (value, after) = next;
    }
    let (text, after) = match value {
        "site.url" | "site.baseurl" => (after, ""),
        _ => {
            let (literal, filter) = value.split_once('|')?;
            let is_base = filters.contains(&filter.trim()) || filter.trim() == "prepend: site.baseurl";
            (unquoted(literal.trim()).filter(|_| is_base)?, after)
        }
    };
    let is_plain =
        text.starts_with('/') && !text.contains("{{") && (after.is_empty() || after.starts_with('#'));
    let (path, fragment) = Tag::parts(text).filter(|_| is_plain)?;
    let fragment = fragment.or_else(|| after.strip_prefix('#'));
    Some(Tag { reading: LinkReading::SitePath(path.into_owned()), fragment })
}

/// What is in the `{{ … }}` at the start, and what follows it.
fn output(text: &str) -> Option<(&str, &str)> {
    let (inner, after) = text.strip_prefix("{{")?.split_once("}}")?;
    Some((inner.trim_matches('-').trim(), after))
}

/// What is between quotation marks.
fn unquoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(quote)).then_some(inner)
}

/// `{% link _boats/dinghy.md %}` or `{% post_url 2024-05-06-tides %}`, after the path of the site, if that is there.
/// Documents are named from the folder of the collections, if the config has one.
pub(super) fn jekyll<'d>(
    destination: &'d str,
    link: &GeneratorLink<'_>,
    collections: &str,
) -> Option<Tag<'d>> {
    let (inner, after) = inside(destination, &[("{%", "%}")])?;
    let (name, argument) = inner.trim_matches('-').trim().split_once(char::is_whitespace)?;
    let argument = argument.trim().trim_matches(['"', '\'']);
    if argument.contains('{') {
        return None;
    }
    let files = match name {
        "link" => {
            let path = argument.trim_start_matches('/');
            let folder = join(source(link), if path.starts_with('_') { collections } else { "" })?;
            join(&folder, path).into_iter().collect()
        }
        "post_url" => posts(argument.trim_start_matches('/'), link),
        _ => return None,
    };
    let fragment = after.strip_prefix('#');
    Some(Tag { reading: LinkReading::Files(files, Otherwise::Missing), fragment })
}

/// The folder of the site's files, which the config may name.
fn source<'l>(link: &GeneratorLink<'l>) -> &'l str {
    link.layout.content.first().map_or(&link.layout.root, |mount| &mount.folder)
}

/// The files of a post: those in any `_posts` with the name, in the folder that it is named with, else in any: then the
/// build warns.
fn posts(name: &str, link: &GeneratorLink<'_>) -> Vec<String> {
    let (folder, stem) = name.rsplit_once('/').map_or(("", name), |(folder, stem)| (folder, stem));
    let mut files: Vec<String> = Vec::new();
    for ending in ["md", "markdown", "mkd", "html", "textile", "adoc"] {
        let named = link.survey.named(&format!("{stem}.{ending}"), MAX_NAMESAKES);
        let is_post = |path: &&str| parent(path).split('/').any(|part| part == "_posts");
        files.extend(named.filter(is_post).map(str::to_owned));
    }
    files.sort_by_key(|path| !parent(path).contains(folder));
    if files.is_empty() {
        files.push(format!("_posts/{name}"));
    }
    files
}

/// What is between the first of these pairs that is there, and what follows it.
fn inside<'d>(destination: &'d str, pairs: &[(&str, &str)]) -> Option<(&'d str, &'d str)> {
    pairs.iter().find_map(|(open, close)| {
        let start = destination.rfind(open)? + open.len();
        let end = start + destination[start..].find(close)?;
        Some((destination[start..end].trim(), &destination[end + close.len()..]))
    })
}

/// The path in the arguments of `ref`: `"a.md"`, `` `a.md` ``, `a.md`, or `path="a.md" lang="en"`.
fn quoted(arguments: &str) -> Option<&str> {
    let text = match arguments.split_once("path=") {
        Some((_, text)) => text,
        None => arguments,
    };
    let text = text.trim_start();
    match text.chars().next()? {
        quote @ ('"' | '\'' | '`') => text[1..].split_once(quote).map(|(text, _)| text),
        '.' | '$' | '(' if text.split_whitespace().count() > 1 || text.starts_with(['$', '(']) => None,
        _ => text.split_whitespace().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_the_site_is_read() {
        let path = |destination: &str| match site_path(destination, &["relative_url"])?.reading {
            LinkReading::SitePath(path) => Some(path),
            _ => None,
        };
        for (destination, expected) in [
            ("{{ site.baseurl }}/tides/", Some("/tides/")),
            ("{{site.url}}{{ site.baseurl -}}/tides/#low", Some("/tides/")),
            ("{{ site.url }}/img/a%20b.png", Some("/img/a b.png")),
            ("{{ '/tides/' | relative_url }}#low", Some("/tides/")),
            ("{{ \"/tides/\" | prepend: site.baseurl }}", Some("/tides/")),
            ("{{ '/tides/' | relative_url }}low", None),
            ("{{ '/tides/' | shout }}", None),
            ("{{ site.baseurl }}/{{ page.next }}/", None),
            ("{{ page.url }}/tides/", None),
            ("/tides/", None),
        ] {
            assert_eq!(path(destination).as_deref(), expected, "{destination}");
        }
        assert_eq!(site_path("{{ site.baseurl }}/a#b", &[]).and_then(|tag| tag.fragment), Some("b"));
    }

    #[test]
    fn tags_are_taken_apart() {
        let shortcodes = [("{{<", ">}}"), ("{{%", "%}}")];
        assert_eq!(inside("{{< ref \"a.md\" >}}", &shortcodes), Some(("ref \"a.md\"", "")));
        assert_eq!(inside("{{% relref a %}}#x", &shortcodes), Some(("relref a", "#x")));
        assert_eq!(inside("{{ site.url }}{% link a.md %}#x", &[("{%", "%}")]), Some(("link a.md", "#x")));
        assert_eq!(inside("{{< ref", &shortcodes), None);
        for (arguments, expected) in [
            ("\"a b.md#x\"", Some("a b.md#x")),
            ("`a.md` lang=\"fr\"", Some("a.md")),
            ("lang=\"fr\" path=\"a.md\"", Some("a.md")),
            ("a.md", Some("a.md")),
            ("./a.md", Some("./a.md")),
            ("$path", None),
            (". \"a.md\"", None),
            ("\"a.md", None),
        ] {
            assert_eq!(quoted(arguments), expected, "{arguments}");
        }
    }
}
