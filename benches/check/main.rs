//! What a check costs over the bare parser, stage by stage, on one thread: read the figures as ratios to `parser`.
//!
//! `COPYDESK_CORPUS` names a folder of pages; without it, pages are made up.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use comrak::{Arena, Options, parse_document};
use copydesk::{
    config::{Config, Layer, PRESETS, Settings},
    document::Document,
    front_matter::FrontMatter,
    lint, markdown, run,
    site::{
        Page, Site,
        urls::{Inventory, Item, ItemKind, Surroundings, Urls},
    },
    spelling::{self, Language, PageWords, Project, Reading, Vocabulary, phrases},
    text::LineIndex,
};
use divan::{Bencher, counter::BytesCount};
use jiff::civil;

fn main() {
    divan::main();
}

const TODAY: civil::Date = civil::date(2024, 6, 1);

/// The folder with the pages, and their texts.
struct Corpus {
    folder: PathBuf,
    pages: Vec<(Arc<Path>, String)>,
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let folder = std::env::var_os("COPYDESK_CORPUS").map_or_else(made_up, PathBuf::from);
    let mut pages = Vec::new();
    read(&folder, &mut pages);
    assert!(!pages.is_empty(), "{} holds no pages", folder.display());
    Corpus { folder, pages }
});

fn read(folder: &Path, pages: &mut Vec<(Arc<Path>, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.extend(fs::read_to_string(&path).map(|text| (Arc::from(path), text)));
        }
    }
}

/// Writes two hundred posts to a folder of their own.
fn made_up() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("copydesk-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the temporary folder can be written");
    for number in 0..200 {
        fs::write(folder.join(format!("letter-{number}.md")), page(number))
            .expect("the temporary folder can be written");
    }
    folder
}

/// A page with a bit of everything, longer for larger numbers.
fn page(number: usize) -> String {
    let day = number % 28 + 1;
    let mut page = format!(
        "---\ntitle: Letter {number}\nauthor: Mira Holt\ndate: 2024-01-{day:02}T10:00:00Z\n---\n\n\
         [home]: https://example.org/{number} \"The start\"\n\n",
    );
    for part in 0..number / 4 + 3 {
        let _ = write!(
            page,
            "## Part {part} of the *story*\n\n\
             The lighthouse keeper writes a [letter](/letters/{part}.html) with `ink {part}` and sends it\n\
             **home** by the [first boat][home]; see also https://example.org/boats?day={part}.\n\n\
             - oil for the lamp\n  - a second can\n- bread \\& salt\n\n\
             | day | boats |\n|---|--:|\n| Monday | {part} |\n| Tuesday | `two` |\n\n\
             > A quiet night, says the log,\n> and nobody came.\n\n\
             ```sh\nlamp --oil {part} --on\nlog show\n```\n\n",
        );
    }
    page
}

fn bytes() -> BytesCount {
    BytesCount::new(CORPUS.pages.iter().map(|(_, text)| text.len()).sum::<usize>())
}

/// The Markdown parser alone.
#[divan::bench]
fn parser(bencher: Bencher) {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.parse.leave_footnote_definitions = true;
    bencher.counter(bytes()).bench(|| {
        let nodes = CORPUS.pages.iter().map(|(_, text)| {
            let arena = Arena::new();
            parse_document(&arena, text, &options).children().count()
        });
        nodes.sum::<usize>()
    });
}

/// The line index alone.
#[divan::bench]
fn line_index(bencher: Bencher) {
    bencher
        .counter(bytes())
        .bench(|| CORPUS.pages.iter().map(|(_, text)| LineIndex::new(text).line_count()).sum::<u32>());
}

/// Front matter alone: split and read.
#[divan::bench]
fn front_matter(bencher: Bencher) {
    bencher
        .counter(bytes())
        .bench(|| CORPUS.pages.iter().filter(|(_, text)| FrontMatter::parse(text).0.is_some()).count());
}

/// Line index, parser, and the tree with all its tokens.
#[divan::bench]
fn tree(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| {
        let trees = CORPUS.pages.iter().map(|(_, text)| markdown::parse(text, 0, &LineIndex::new(text)));
        trees.map(|tree| tree.node_count()).sum::<usize>()
    });
}

/// Front matter, tree and suppressions.
#[divan::bench]
fn document(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| {
        let documents = CORPUS.pages.iter().map(|(path, text)| Document::parse(path, text.as_str(), &[]));
        documents.map(|document| document.ast.node_count()).sum::<usize>()
    });
}

/// The corpus, parsed.
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| {
    CORPUS.pages.iter().map(|(path, text)| Document::parse(path, text.as_str(), &[])).collect()
});

/// Spelling, its first part: the words of the prose, each looked up.
#[divan::bench]
fn spelling_words(bencher: Bencher) {
    let keys = Reading::default().keys;
    bencher.counter(bytes()).bench(|| {
        let words = DOCUMENTS
            .iter()
            .map(|it| spelling::read(&it.source, it.front_matter.as_ref(), &keys, &it.ast).all().len());
        words.sum::<usize>()
    });
}

/// Spelling, its second part: what the pages say of their uncommon words.
#[divan::bench]
fn spelling_facts(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| {
        let facts = DOCUMENTS.iter().map(|it| PageWords::gather(&it.source, it.words(), &it.ast).all().len());
        facts.sum::<usize>()
    });
}

/// Spelling, its third part: phrases that are wrong.
#[divan::bench]
fn spelling_phrases(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| {
        let hits = DOCUMENTS.iter().map(|it| phrases::find(it.words(), &it.source, &Language::English).len());
        hits.sum::<usize>()
    });
}

/// Spelling, its last part: what the site says of its words, and the verdicts.
#[divan::bench]
fn spelling_verdicts(bencher: Bencher) {
    let gather = || -> Vec<PageWords> {
        DOCUMENTS.iter().map(|it| PageWords::gather(&it.source, it.words(), &it.ast)).collect()
    };
    bencher.counter(bytes()).with_inputs(gather).bench_values(|pages| {
        let site = Vocabulary::new(pages.iter(), Arc::new(Project::default()));
        pages.iter().map(|page| page.verdicts(&site, &Language::English).len()).sum::<usize>()
    });
}

/// A site of the pages alone, outside of any repository.
#[derive(Debug)]
struct Alone(Vec<Arc<Path>>);

impl Surroundings for Alone {
    fn inventory(&self) -> Inventory {
        let item =
            |path: &Arc<Path>| Item { path: path.to_string_lossy().into_owned(), kind: ItemKind::File };
        Inventory::new(self.0.iter().map(item).collect(), false)
    }

    fn renames(&self) -> Vec<(String, String)> {
        vec![]
    }

    fn remotes(&self) -> Vec<String> {
        vec![]
    }

    fn folder_in_repository(&self) -> String {
        String::new()
    }
}

/// Documents by paths that begin at the folder of the corpus.
fn documents() -> Vec<Document> {
    let parse = |(path, text): &(Arc<Path>, String)| {
        let path = path.strip_prefix(&CORPUS.folder).expect("the pages lie in the folder");
        Document::parse(&Arc::from(path), text.as_str(), &[])
    };
    CORPUS.pages.iter().map(parse).collect()
}

/// What the rules about links and images find in both phases.
fn links_in(documents: Vec<Document>) -> usize {
    let config = Config::defaults(Layer::only(&["links".to_owned(), "images".to_owned()]));
    let settings = config.site_settings();
    let around = Arc::new(Alone(documents.iter().map(|document| Arc::clone(&document.path)).collect()));
    let (mut pages, mut found) = (Vec::new(), 0);
    for document in documents {
        found += lint::check(&document, &settings).len();
        pages.push(Page::of(document, &config.layout));
    }
    let site = Site::new(pages, vec![], &[], TODAY).with_urls(Urls::new(Arc::clone(&config.layout), around));
    found + site.pages.iter().map(|page| lint::check_page(page, &site, &settings).len()).sum::<usize>()
}

/// The rules about links and images alone: everything behind the parser.
#[divan::bench]
fn links(bencher: Bencher) {
    bencher.counter(bytes()).with_inputs(documents).bench_values(links_in);
}

/// Pages that are nothing but links, twice as large each time: the parser and the rules about links.
#[divan::bench(args = [25_000, 50_000, 100_000])]
fn many_links(bencher: Bencher, count: usize) {
    let unit = ["[a](b.md#c) ", "[d][e] ", "[f](http://ferries.example/g?utm_source=h) ", "[#i](#j)\n"];
    one_page(bencher, &(unit.concat().repeat(count / unit.len()) + "\n\n[e]: k.md\n"));
}

/// Addresses of many bytes.
#[divan::bench(args = [250_000, 500_000, 1_000_000])]
fn long_addresses(bencher: Bencher, len: usize) {
    let long = "a/%20".repeat(len / 5);
    one_page(
        bencher,
        &format!("[a]({long}) [b](http://ferries.example/{long}) [c](#{long})\n\n[d]: /{long}\n"),
    );
}

/// Brackets in brackets.
#[divan::bench(args = [25_000, 50_000, 100_000])]
fn deep_brackets(bencher: Bencher, depth: usize) {
    one_page(bencher, &format!("{}a{}\n\n{}", "[".repeat(depth), "](b)".repeat(depth), "![[".repeat(depth)));
}

fn one_page(bencher: Bencher, text: &str) {
    let path: Arc<Path> = Arc::from(Path::new("page.md"));
    bencher
        .counter(BytesCount::new(text.len()))
        .with_inputs(|| text.to_owned())
        .bench_values(|text| links_in(vec![Document::parse(&path, text, &[])]));
}

/// Groups of rules about Markdown itself, on every page, with the facts that each asks for; `all` of them share those.
#[divan::bench(args = ["headings", "lists", "blocks", "code", "tables", "emphasis", "html", "whitespace", "all"])]
fn markdown_rules(bencher: Bencher, group: &str) {
    let settings = markdown_settings(Some(group).filter(|group| *group != "all"));
    let find = |documents: Vec<Document>| -> usize {
        documents.iter().map(|document| lint::check(document, &settings).len()).sum()
    };
    bencher.counter(bytes()).with_inputs(documents).bench_values(find);
}

/// The rules that markdownlint has, or those of one group, with every option as markdownlint has it.
fn markdown_settings(group: Option<&str>) -> Arc<Settings> {
    let preset = PRESETS.iter().find(|preset| preset.name == "markdownlint").expect("there is such a preset");
    let mut layer = preset.layer();
    if let Some(group) = group {
        layer.extend(&Layer::only(&[group.to_owned()]));
    }
    Config::defaults(layer).site_settings()
}

/// Items in items.
#[divan::bench(args = [375, 750, 1500])]
fn nested_lists(bencher: Bencher, depth: usize) {
    let text: String = (0..depth).map(|level| "  ".repeat(level) + "- a\n").collect();
    markdown_page(bencher, &text);
}

/// Quotes in quotes.
#[divan::bench(args = [2_500, 5_000, 10_000])]
fn nested_quotes(bencher: Bencher, depth: usize) {
    markdown_page(bencher, &(">".repeat(depth) + " a\nb\n"));
}

/// A table of so many cells.
#[divan::bench(args = [25_000, 50_000, 100_000])]
fn large_table(bencher: Bencher, cells: usize) {
    let row = |cell: &str| format!("{}|\n", format!("| {cell} ").repeat(10));
    markdown_page(bencher, &(row("a") + &row("-") + &row("b").repeat(cells / 10)));
}

/// A page without a line break.
#[divan::bench(args = [250_000, 500_000, 1_000_000])]
fn one_line(bencher: Bencher, len: usize) {
    markdown_page(bencher, &"a *b* `c` [d](e) ** f** ".repeat(len / 24));
}

/// The parser and the rules about Markdown on one page.
fn markdown_page(bencher: Bencher, text: &str) {
    let (path, settings) = (Arc::from(Path::new("page.md")), markdown_settings(None));
    bencher
        .counter(BytesCount::new(text.len()))
        .with_inputs(|| text.to_owned())
        .bench_values(|text| lint::check(&Document::parse(&path, text, &[]), &settings).len());
}

/// All rules of both phases, in memory.
#[divan::bench]
fn check(bencher: Bencher) {
    let config = Config::defaults(Layer::default());
    let settings = config.site_settings();
    bencher.counter(bytes()).bench(|| {
        let (mut pages, mut found) = (Vec::new(), 0);
        for (path, text) in &CORPUS.pages {
            let document = Document::parse(path, text.as_str(), &[]);
            found += lint::check(&document, &settings).len();
            pages.push(Page::with_words(document, &config.layout));
        }
        let site = Site::new(pages, vec![], &[], TODAY).with_spelling(&config.spelling);
        found + site.pages.iter().map(|page| lint::check_page(page, &site, &settings).len()).sum::<usize>()
    });
}

/// From the folder to the findings, as the command does it.
#[divan::bench]
fn whole_run(bencher: Bencher) {
    let folder = &CORPUS.folder;
    let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread can be had");
    bencher.counter(bytes()).bench(|| {
        let options =
            run::Options { paths: vec![folder.clone()], ..run::Options::on_disk(folder.clone(), TODAY) };
        threads.install(|| run::check(&options).diagnostics.len())
    });
}
