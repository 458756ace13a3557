//! What the program's own tests, benchmarks and fuzz targets use. It has no stable API.

pub mod baseline {
    pub use crate::baseline::{Baseline, BaselineEntry, json_schema};
}
pub mod data {
    pub use crate::data::{
        DataFormat, MAX_DEPTH, Node, ScalarNotation, Segment, SyntaxErrorKind, Tree, Value, parse,
    };
}
pub mod discover {
    pub use crate::discover::{IgnoredByGit, Project, SiteFiles, list};
}
pub mod document {
    pub use crate::document::{Damage, Document, MAX_LEN};
}
pub mod front_matter {
    pub use crate::front_matter::{Block, FrontMatter, KeyPath, split};
    pub mod schema {
        pub use crate::front_matter::schema::{Mistake, REMOTE, Schema, Violation, ViolationKind};
    }
}
pub mod git {
    pub use crate::git::{command, renames, tracked};
}
pub mod links {
    pub use crate::links::{AddressKind, TargetKind};
}
pub mod lint {
    pub use crate::lint::{Fixed, add_suppressions, check, check_page, check_site, finish, fix_to_fixpoint};
}
pub mod markdown {
    pub use crate::markdown::{
        AnchorKind, Anchors, Ast, CodeBlock, Dialect, DialectName, Heading, HeadingSyntax, HeadingText,
        InvalidLinkKind, IslandKind, LinkFacts, LinkKind, Node, NodeData, NodeKind, Overlay, Rendering,
        TagForm, Typed, View, normalize_label, parse,
    };
}
pub mod rule_docs {
    pub use crate::rule_docs::{index, page};
}
pub mod site {
    pub use crate::site::{Extent, Page, Site};
    pub mod urls {
        pub use crate::site::urls::{Inventory, KnownSurroundings, Lookup, Surroundings, Urls};
    }
}
pub mod sources {
    pub use crate::sources::Sources;
}
pub mod spelling {
    pub use crate::spelling::{
        Flags, Gap, Language, PageWords, ProjectWords, ProseKeys, Reading, Vocabulary, WordPlaces, Words,
        read, verdicts,
    };
    pub mod lexicon {
        pub use crate::spelling::lexicon::{
            Distance, LONGEST, LexiconEntry, Size, corrections, frequency, is_known, is_known_lower, lookup,
            misspellings, near, words,
        };
        pub mod obscure {
            pub use crate::spelling::lexicon::obscure::{BUCKETS, GROUP, place};
        }
    }
    pub mod phrases {
        pub use crate::spelling::phrases::{Hit, Topic, find, ids, written_classes};
    }
}
pub mod suppress {
    pub use crate::suppress::{Directive, DirectiveKind, RuleNames};
    pub mod markdownlint {
        pub use crate::suppress::markdownlint::State;
    }
}
