//! The anchors of one page: those that would be the same are numbered.

use std::collections::HashMap;

use super::slug::{SlugStyle, nuxt_content, slug};

/// Makes the anchors of one page, heading by heading, and numbers those that would be the same.
#[derive(Debug)]
pub struct Slugger {
    style: SlugStyle,
    /// Every anchor given, and every slug asked for, with the last number that was put after it.
    last: HashMap<String, u32>,
}

impl Slugger {
    /// For a page on which no anchor is given yet.
    pub fn new(style: SlugStyle) -> Self {
        Self { style, last: HashMap::new() }
    }

    /// An anchor that the author chose, which the engine will not give to another heading.
    pub fn reserve(&mut self, id: &str) {
        // The others do not look at what is taken: they count how often they made the same slug.
        if matches!(
            self.style.engine(),
            SlugStyle::Hugo
                | SlugStyle::Vitepress
                | SlugStyle::Mkdocs
                | SlugStyle::MarkdownItAnchor
                | SlugStyle::Zola
        ) {
            self.last.entry(id.to_owned()).or_insert(0);
        }
    }

    /// The anchor of the next heading; nothing where the engine gives it none.
    pub fn next(&mut self, heading: &str) -> Option<String> {
        if self.style == SlugStyle::None {
            return None;
        }
        let slug = slug(self.style, heading);
        let id = match self.style {
            SlugStyle::Kramdown | SlugStyle::Gitlab | SlugStyle::Hexo => self.counted(slug),
            SlugStyle::Mkdocs | SlugStyle::MkdocsUnderscore | SlugStyle::Pymdownx => self.underscored(slug),
            SlugStyle::NuxtContent => nuxt_content(&self.free(slug)),
            _ => self.free(slug),
        };
        (!id.is_empty()).then_some(id)
    }

    /// `slug`, or the first of `slug-1`, `slug-2`… that is free.
    fn free(&mut self, slug: String) -> String {
        let Some(&last) = self.last.get(&slug) else {
            self.last.insert(slug.clone(), 0);
            return slug;
        };
        // The second of a name is the second for Eleventy, and the first repetition for the others.
        let mut number = if self.style == SlugStyle::Eleventy { last.max(1) } else { last };
        let id = loop {
            number += 1;
            let id = format!("{slug}-{number}");
            if !self.last.contains_key(&id) {
                break id;
            }
        };
        self.last.insert(slug, number);
        self.last.insert(id.clone(), 0);
        id
    }

    /// `slug` with the number of times it was made before, even where that is what another heading has.
    fn counted(&mut self, slug: String) -> String {
        match self.last.get_mut(&slug) {
            None => {
                self.last.insert(slug.clone(), 0);
                slug
            }
            Some(last) => {
                *last += 1;
                format!("{slug}-{last}")
            }
        }
    }

    /// As [`Self::free`], with `_` before the number; a slug that ends in such a number is counted on from it, and
    /// one that is empty is never free.
    fn underscored(&mut self, slug: String) -> String {
        if !slug.is_empty() && !self.last.contains_key(&slug) {
            self.last.insert(slug.clone(), 0);
            return slug;
        }
        let counted =
            slug.rsplit_once('_').and_then(|(base, number)| Some((base, number.parse::<u32>().ok()?)));
        let (base, first) = counted.unwrap_or((&slug, 0));
        // What was found taken is not looked at again: `last` says up to which number all are.
        let mut passed = vec![slug.clone()];
        let mut number = first.max(self.last.get(&slug).copied().unwrap_or(0));
        let id = loop {
            number = number.saturating_add(1);
            let id = format!("{base}_{number}");
            match self.last.get(&id) {
                Some(&last) if number < u32::MAX => number = number.max(last),
                _ => break id,
            }
            passed.push(id);
        };
        for id in passed {
            self.last.insert(id, number);
        }
        self.last.insert(id.clone(), 0);
        id
    }
}
