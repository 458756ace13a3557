//! Sites of any size in which two things grow together: what is asked for, and what it is looked for in.

use super::combine::push_numbered;

/// A file by its path and its text.
pub type File = (String, String);

/// A kind of site.
pub struct Site {
    /// What grows.
    pub name: &'static str,
    /// The files of a site of some size.
    pub files: fn(usize) -> Vec<File>,
}

/// All kinds.
pub const SITES: &[Site] = &[
    Site { name: "missing references of Hugo in a site with as many files", files: missing_references },
    Site { name: "links to terms of a taxonomy with as many terms", files: taxonomy_links },
    Site { name: "lists in a container with as many blocks", files: lists_in_a_container },
    Site { name: "expressions without an end in as many paragraphs", files: unclosed_expressions },
    Site { name: "lists of words that a config names as often as they have words", files: word_lists },
    Site { name: "pages with URLs of other schemas and as many copies of schemas", files: schema_urls },
    Site { name: "pages with one URL and as many old ones", files: one_url },
    Site { name: "links on as many hosts", files: hosts },
    Site { name: "links and as many exceptions for them", files: exceptions },
    Site { name: "links and as many redirects", files: redirects },
    Site { name: "unknown words near as many terms", files: near_terms },
    Site {
        name: "cases of one word on a page",
        files: |count| vec![file("page.md", cases_of_a_word(count))],
    },
    Site { name: "cases of one term on several pages", files: cases_of_a_term },
    Site { name: "cases of one tag on several pages", files: cases_of_a_tag },
    Site { name: "broken anchors and as many headings", files: broken_anchors },
    Site { name: "misspellings and as many directives of spell checkers", files: directives },
    Site { name: "sentences and punctuation in one line", files: punctuation },
    Site { name: "lists of links and as many headings", files: tables_of_contents },
    Site { name: "files and as many patterns that Jekyll excludes", files: jekyll_excludes },
    Site { name: "redirects in a program", files: redirects_in_a_program },
    Site { name: "programs with as many strings and brackets without an end", files: unclosed_programs },
];

/// A text in which every `§` became a number.
fn numbered(text: &str, number: usize) -> String {
    let mut out = String::new();
    push_numbered(&mut out, text, number);
    out
}

/// A text once for each number below `count`; a `§` in it becomes the number.
fn each(count: usize, text: &str) -> String {
    (0..count).map(|number| numbered(text, number)).collect()
}

/// A file once for each number below `count`; a `§` in path and text becomes the number.
fn files(count: usize, path: &str, text: &str) -> impl Iterator<Item = File> {
    (0..count).map(move |number| (numbered(path, number), numbered(text, number)))
}

fn file(path: &str, text: String) -> File {
    (path.to_owned(), text)
}

/// A page of a Hugo site, and its config.
fn hugo(page: String) -> Vec<File> {
    vec![file("hugo.toml", "title = 'Quay'\n".to_owned()), file("content/page.md", page)]
}

fn missing_references(count: usize) -> Vec<File> {
    let mut site = hugo(each(count, "[a]({{< ref \"pier-§-gone.md\" >}})\n"));
    site.extend(files(count / 4, "content/posts/pier-§.md", "# Pier §\n"));
    site
}

fn taxonomy_links(count: usize) -> Vec<File> {
    let tags = each(count, "- tide-§\n");
    let links = each(count, "[a](/tags/tide-§/) [b](/tags/tides-§/)\n");
    hugo(format!("---\ntags:\n{tags}---\n\n{links}"))
}

fn lists_in_a_container(count: usize) -> Vec<File> {
    let blocks = each(count, "- tide §\n\nThe ferry is late.\n\n");
    let nested = each(count, "    - tide §\n\n    The ferry is late.\n\n");
    vec![
        file("docusaurus.config.js", "module.exports = {};\n".to_owned()),
        file("docs/page.md", format!(":::note\n\n{blocks}:::\n")),
        file("mkdocs.yml", "markdown_extensions: [admonition]\n".to_owned()),
        file("docs/other.md", format!("!!! note\n\n{nested}")),
    ]
}

fn unclosed_expressions(count: usize) -> Vec<File> {
    let mut site = hugo(each(count, "The {{ ferry § is late.\n\nSo {{< is § the tide.\n\n"));
    site.push(file("_config.yml", "title: Quay\n".to_owned()));
    site.push(file("_posts/2024-01-01-page.md", each(count, "The {{ ferry § is\n\nlate, {% so\n\n")));
    site
}

fn word_lists(count: usize) -> Vec<File> {
    let paths = each(count, "{ \"path\": \"words.txt\" }, ");
    vec![
        file("cspell.json", format!("{{ \"dictionaryDefinitions\": [{}] }}\n", paths.trim_end_matches(", "))),
        file("words.txt", each(count, "quay§a\n")),
        file("page.md", "# Quay\n".to_owned()),
    ]
}

fn schema_urls(count: usize) -> Vec<File> {
    let urls = each(count, "  https://quay.example/schemas/§/: schemas\n");
    let page = "---\n$schema: https://quay.example/schemas/§/page.json\n---\n";
    let mut site = vec![
        file("copydesk.yaml", format!("extends: strict\nschema-urls:\n{urls}")),
        file("schemas/page.json", "{ \"type\": \"object\" }\n".to_owned()),
    ];
    site.extend(files(count / 4, "page-§.md", page));
    site
}

fn one_url(count: usize) -> Vec<File> {
    let aliases = each(count, "- /ebb-§/\n");
    let mut site = hugo(format!("---\naliases:\n{aliases}---\n"));
    site.push(file("content/other.md", format!("---\naliases:\n{aliases}---\n")));
    site.extend(files(count / 4, "content/posts/pier-§.md", "---\nurl: /pier/\n---\n"));
    site
}

fn hosts(count: usize) -> Vec<File> {
    hugo(each(count, "[a](https://quay-§.example/page/) [b](https://www.quay.example/pier-§/)\n"))
}

fn exceptions(count: usize) -> Vec<File> {
    let globs = each(count, "  - \"*/tide-§/*x\"\n");
    vec![
        file("copydesk.yaml", format!("extends: strict\nlinks:\n  ignore:\n{globs}  generated:\n{globs}")),
        file("page.md", each(count, "[a](tides-§/x.md)\n")),
    ]
}

fn redirects(count: usize) -> Vec<File> {
    let mut site = hugo(each(count, "[a](/tide-§/x/) [b](/neap-§/x/y/z/)\n"));
    site.push(file("static/_redirects", each(count, "/tide-§/* /ebb-§/:splat\n/neap-§ /moon-§\n")));
    site
}

/// Every word differs from every other one in one letter or two, at the same two places.
fn near_terms(count: usize) -> Vec<File> {
    let letters = || (b'a'..=b'z').map(char::from);
    let words = letters().flat_map(|one| letters().map(move |two| format!("harbo{one}rm{two}sters")));
    let words: Vec<String> = words.take(count).collect();
    let terms: String = words.iter().step_by(2).flat_map(|word| ["## ", word, " ", word, "\n\n"]).collect();
    vec![file("page.md", format!("# Quay\n\n{terms}{}\n", words.join(".\n")))]
}

/// One of the cases of a word, by its number.
fn case(number: usize) -> String {
    let letters = "hxrbqringtzequaysode".chars().enumerate();
    let of_case = |(at, it): (usize, char)| if number >> at & 1 == 0 { it } else { it.to_ascii_uppercase() };
    letters.map(of_case).collect()
}

/// As many words that differ in case alone.
fn cases_of_a_word(count: usize) -> String {
    let line = |number: usize| format!("The tide is high and the {} is low.\n", case(number));
    format!("# Quay\n\n{}", (0..count).map(line).collect::<String>())
}

fn cases_of_a_tag(count: usize) -> Vec<File> {
    let line = |number: usize| format!("- {}\n", case(number));
    let tags: String = (0..count).map(line).collect();
    let pages = (0..4).map(|page| file(&format!("{page}.md"), format!("---\ntags:\n{tags}---\n\n# Quay\n")));
    pages.chain([file("copydesk.yaml", "extends: strict\n".to_owned())]).collect()
}

fn cases_of_a_term(count: usize) -> Vec<File> {
    (0..6).map(|page| file(&format!("page-{page}.md"), cases_of_a_word(count))).collect()
}

/// Headings of letters only, and with symbols, which some engines put into words.
fn broken_anchors(count: usize) -> Vec<File> {
    let links = each(count, "[a](#pear-§) [b](#tide-and-§)\n");
    let symbols = each(count, "## Tide § ⚓ gone\n\n");
    vec![
        file("letters.md", format!("# Quay\n\n{}{links}", each(count, "## Pier §\n\n"))),
        file("symbols.md", format!("# Quay\n\n{symbols}{links}")),
    ]
}

fn directives(count: usize) -> Vec<File> {
    let words = each(count, "quay§a ");
    let accepted = each(count, "<!-- codespell:ignore teh§ --> recieve ");
    let off = each(count, "<!-- spellchecker:off --> recieve <!-- spellchecker:on --> adress ");
    vec![
        file("words.md", format!("<!-- cspell:words {words} -->\n\n{}\n", each(count, "quayz§ "))),
        file("lines.md", format!("{accepted}\n")),
        file("off.md", format!("{off}\n")),
    ]
}

/// Runs of what ends sentences, opens quotations and escapes.
fn punctuation(count: usize) -> Vec<File> {
    let config = "extends: strict\nrules: { sentence-per-line: warning }\n";
    let runs = [".", "!\"", "...) ", "\\", "'", "-", "|", "[", "(", "\u{301}", "\u{200d}", "#", ":"];
    let mut site = vec![file("copydesk.yaml", config.to_owned())];
    let page = |(number, run): (usize, &&str)| {
        file(&format!("page-{number}.md"), format!("Ebb {} flow.\n", run.repeat(10 * count)))
    };
    site.extend(runs.iter().enumerate().map(page));
    site
}

fn tables_of_contents(count: usize) -> Vec<File> {
    let lists = each(count, "- [a](#a-§)\n- [b](#b-§)\n- [c](#c-§)\n\n<!-- § -->\n\n");
    vec![
        file("copydesk.yaml", "extends: strict\nrules: { outdated-contents: warning }\n".to_owned()),
        file("page.md", format!("# Quay\n\n{lists}{}", each(count, "## Pier §\n\n"))),
    ]
}

fn redirects_in_a_program(count: usize) -> Vec<File> {
    let redirects = each(count, "'/ebb-§': '/flow-§', '/tide-§': { destination: '/neap-§' },\n");
    vec![
        file("astro.config.mjs", format!("export default {{ redirects: {{ {redirects} }} }}\n")),
        file("src/content/docs/page.md", "# Quay\n".to_owned()),
    ]
}

fn unclosed_programs(count: usize) -> Vec<File> {
    let strings = "`".to_owned() + &each(count, "\\` redirects: { ...a§, import a§ ");
    let instances = each(count, "plugin-content-docs { ");
    let copies = each(count, "addPassthroughCopy( ");
    vec![
        file("astro.config.mjs", strings),
        file("src/content/docs/page.md", "# Quay\n".to_owned()),
        file("docusaurus.config.js", instances),
        file("docs/page.md", "# Quay\n".to_owned()),
        file("eleventy.config.js", copies),
    ]
}

fn jekyll_excludes(count: usize) -> Vec<File> {
    let patterns = each(count, "  - tide-§\n  - \"ebb-§/*x\"\n");
    let mut site = vec![file("_config.yml", format!("title: Quay\nexclude:\n{patterns}"))];
    site.extend(files(count / 4, "pier-§.md", "---\ntitle: Pier §\n---\n"));
    site
}
