//! Schemas that are compiled in: `schema: builtin:NAME`.

use std::sync::{Arc, OnceLock};

use crate::front_matter::schema::Schema;

/// A schema that is compiled in.
#[derive(Debug)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// The schema as JSON.
    pub text: &'static str,
    schema: OnceLock<Arc<Schema>>,
}

macro_rules! builtins {
    ($($name:literal: $path:literal,)*) => {
        /// All of them, by name.
        pub static BUILTINS: [Builtin; [$($name),*].len()] = [$(Builtin {
            name: $name,
            text: include_str!(concat!("../../schemas/", $path, ".schema.json")),
            schema: OnceLock::new(),
        }),*];
    };
}

builtins! {
    "author": "author",
    "blog-post": "blog-post",
    "docusaurus-blog": "generators/docusaurus-blog",
    "docusaurus-docs": "generators/docusaurus-docs",
    "docusaurus-pages": "generators/docusaurus-pages",
    "eleventy": "generators/eleventy",
    "hexo": "generators/hexo",
    "hugo": "generators/hugo",
    "jekyll": "generators/jekyll",
    "mkdocs": "generators/mkdocs",
    "myst": "generators/myst",
    "nuxt-content": "generators/nuxt-content",
    "starlight": "generators/starlight",
    "vitepress": "generators/vitepress",
    "vuepress": "generators/vuepress",
    "zola": "generators/zola",
}

impl Builtin {
    /// The one with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        BUILTINS.iter().find(|builtin| builtin.name == name)
    }

    /// The schema, compiled when it is first asked for.
    ///
    /// # Panics
    ///
    /// Where the schema is not valid, which a test rules out.
    pub fn schema(&self) -> &Arc<Schema> {
        self.schema.get_or_init(|| {
            let value = serde_json::from_str(self.text).expect("a test reads the built-in schemas");
            Arc::new(Schema::derived(value).expect("a test compiles the built-in schemas"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::BUILTINS;

    #[test]
    fn built_in_schemas_are_valid_and_sorted() {
        assert!(BUILTINS.is_sorted_by_key(|builtin| builtin.name));
        for builtin in &BUILTINS {
            assert!(!builtin.schema().property_names().is_empty(), "{}", builtin.name);
        }
    }
}
