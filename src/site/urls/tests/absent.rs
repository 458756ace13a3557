//! Folders of files that a checkout lacks as a whole.

use super::*;

#[test]
fn many_pages_with_images_of_a_folder_that_is_not_there() {
    let absent = |pages: usize, images: usize| {
        let text = |page: usize| {
            let image = |image| format!("![A pier](/img/{page}/pier-{image}.png)\n");
            let images: String = (0..images).map(image).collect();
            format!("{images}![A mole](/quay/mole.png)\n[Times](/img/times/)\n")
        };
        let texts: Vec<(String, String)> =
            (0..pages).map(|page| (format!("content/{page}.md"), text(page))).collect();
        let pages: Vec<(&str, &str)> =
            texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let it = site_of(
            configured(&[("hugo.toml", "baseURL = 'https://harbour.example/'\n")]),
            &pages,
            &["static/quay/pier.png"],
            true,
        );
        let mut folders: Vec<Box<str>> = vec![];
        for page in &it.pages {
            for (_, target) in it.leads(page) {
                if let Target::Missing(missing) = target {
                    folders.extend(it.absent_folder(missing).map(Box::from));
                }
            }
        }
        folders.dedup();
        folders
    };
    assert_eq!(absent(5, 4), ["/img".into()]);
    assert!(absent(5, 3).is_empty());
    assert!(absent(4, 30).is_empty());
}

#[test]
fn one_page_with_downloads_of_a_folder_that_is_not_there() {
    let absent = |files: usize| {
        let link = |file| format!("[Chart {file}](/charts/chart-{file}.zip)\n");
        let text: String = (0..files).map(link).collect();
        let config = configured(&[("hugo.toml", "baseURL = 'https://harbour.example/'\n")]);
        let it = site_of(config, &[("content/charts.md", &text)], &["static/quay/pier.png"], true);
        let is_absent = |target: &Target| match target {
            Target::Missing(missing) => it.absent_folder(missing).is_some(),
            _ => false,
        };
        it.leads(&it.pages[0]).filter(|(_, target)| is_absent(target.on_site())).count()
    };
    assert_eq!((absent(50), absent(49)), (50, 0));
}

#[test]
fn a_program_may_publish_pages_beside_public_files() {
    let pages = ["src/learn/tides.md", "src/README.md"];
    let it = site(Layout::of_kind(None), &pages, &["public/img/pier.png", "drawings/img/mole.png"]);
    let links = [("../img/pier.png", "unknown .."), ("../img/mole.png", "no src/img/mole.png")];
    check(&it, "src/learn/tides.md", &links);
    check(&it, "src/README.md", &[("img/pier.png", "no src/img/pier.png")]);
}
