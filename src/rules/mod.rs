//! The registry of all rules, and helpers that several groups of rules share.

mod blank_lines;
mod blocks;
mod code;
mod consistent;
mod counts;
pub mod custom;
mod emphasis;
mod front_matter;
mod grammar;
mod headings;
mod html;
mod images;
mod links;
mod lists;
pub mod markdownlint;
mod meta;
pub(crate) mod pattern;
mod phrases;
mod site_dependent;
mod spelling;
mod structure;
mod tables;
mod text;
mod whitespace;

pub use site_dependent::{KNOW_LESS_ALONE, NEED_SITE, may_depend_on_site};

use crate::rule::{Declared, Group, Listed, RuleDef, RuleMeta, def};

macro_rules! registry {
    ( $( $module:ident: $group:ident { $( $file:ident :: $rule:ident ),* $(,)? } )* ) => {
        /// All rules, in the order of the documentation.
        pub static RULES: &[RuleDef] = &[ $( $( def::<$module::$file::$rule>() ),* ),* ];

        $( $( impl Listed for $module::$file::$rule {
            const GROUP: Group = Group::$group;
        } )* )*
    };
}

registry! {
    front_matter: FrontMatter {
        front_matter_syntax::FrontMatterSyntax,
        generator_value::GeneratorValue,
        missing_front_matter::MissingFrontMatter,
        misplaced_front_matter::MisplacedFrontMatter,
        duplicate_key::DuplicateKey,
        missing_key::MissingKey,
        unknown_key::UnknownKey,
        invalid_value::InvalidValue,
        deprecated_key::DeprecatedKey,
        unknown_reference::UnknownReference,
        category_mismatch::CategoryMismatch,
        inconsistent_key::InconsistentKey,
        invalid_date::InvalidDate,
        implausible_date::ImplausibleDate,
        duplicate_value::DuplicateValue,
        ambiguous_scalar::AmbiguousScalar,
        truncated_value::TruncatedValue,
        merged_list_item::MergedListItem,
        curly_quotes::CurlyQuotes,
        value_length::ValueLength,
        key_order::KeyOrder,
        front_matter_whitespace::FrontMatterWhitespace,
        schema_gap::SchemaGap,
        inconsistent_tag::InconsistentTag,
        rare_tag::RareTag,
        stale_page::StalePage,
    }
    spelling: Spelling {
        known_typo::KnownTypo,
        possible_typo::PossibleTypo,
        misspelled_value::MisspelledValue,
        confused_word::ConfusedWord,
        wrong_article::WrongArticle,
        missing_apostrophe::MissingApostrophe,
        missing_word::MissingWord,
        repeated_word::RepeatedWord,
        term::Term,
        brand_case::BrandCase,
        inconsistent_spelling::InconsistentSpelling,
        mixed_english::MixedEnglish,
    }
    grammar: Grammar {
        verb_form::VerbForm,
        noun_number::NounNumber,
        subject_verb_agreement::SubjectVerbAgreement,
        wrong_preposition::WrongPreposition,
        missing_article::MissingArticle,
        latin_abbreviation::LatinAbbreviation,
    }
    links: Links {
        broken_link::BrokenLink,
        wrong_case::WrongCase,
        broken_anchor::BrokenAnchor,
        self_link::SelfLink,
        broken_repository_link::BrokenRepositoryLink,
        moved_url::MovedUrl,
        dead_url::DeadUrl,
        malformed_url::MalformedUrl,
        missing_scheme::MissingScheme,
        url_credential::UrlCredential,
        insecure_url::InsecureUrl,
        non_canonical_host::NonCanonicalHost,
        local_url::LocalUrl,
        tracking_parameter::TrackingParameter,
        link_syntax::LinkSyntax,
        reversed_link::ReversedLink,
        link_placeholder::LinkPlaceholder,
        empty_link::EmptyLink,
        link_text_space::LinkTextSpace,
        link_style::LinkStyle,
        link_title_style::LinkTitleStyle,
        undefined_reference::UndefinedReference,
        unused_reference::UnusedReference,
        duplicate_reference::DuplicateReference,
        bare_url::BareUrl,
        vague_link_text::VagueLinkText,
        misleading_link_text::MisleadingLinkText,
        url_consistency::UrlConsistency,
        duplicate_route::DuplicateRoute,
        removed_url::RemovedUrl,
        orphan_page::OrphanPage,
        unused_asset::UnusedAsset,
    }
    images: Images {
        broken_image::BrokenImage,
        image_size::ImageSizeLimit,
        missing_alt_text::MissingAltText,
        placeholder_alt_text::PlaceholderAltText,
    }
    text: Text {
        mojibake::Mojibake,
        lookalike_letter::LookalikeLetter,
        replacement_character::ReplacementCharacter,
        punctuation_space::PunctuationSpace,
        sentence_per_line::SentencePerLine,
    }
    structure: Structure {
        unclosed_fence::UnclosedFence,
        nested_fence::NestedFence,
        unclosed_code_span::UnclosedCodeSpan,
        unclosed_comment::UnclosedComment,
        conflict_marker::ConflictMarkerRule,
        undefined_footnote::UndefinedFootnote,
        empty_footnote::EmptyFootnote,
        footnote_order::FootnoteOrder,
        markdown_in_html::MarkdownInHtml,
        unbalanced_html::UnbalancedHtml,
        file_name::FileName,
        stale_translation::StaleTranslation,
    }
    headings: Headings {
        skipped_heading_level::SkippedHeadingLevel,
        heading_style::HeadingStyle,
        missing_heading_space::MissingHeadingSpace,
        extra_heading_space::ExtraHeadingSpace,
        missing_closed_heading_space::MissingClosedHeadingSpace,
        extra_closed_heading_space::ExtraClosedHeadingSpace,
        heading_blank_lines::HeadingBlankLines,
        indented_heading::IndentedHeading,
        duplicate_heading::DuplicateHeading,
        multiple_titles::MultipleTitles,
        heading_punctuation::HeadingPunctuation,
        heading_case::HeadingCase,
        emphasis_as_heading::EmphasisAsHeading,
        emphasis_in_heading::EmphasisInHeading,
        outdated_contents::OutdatedContents,
        missing_title::MissingTitle,
        required_headings::RequiredHeadings,
    }
    lists: Lists {
        bullet_style::BulletStyle,
        list_indent::ListIndent,
        bullet_indent::BulletIndent,
        ordered_list_number::OrderedListNumber,
        list_marker_space::ListMarkerSpace,
        list_blank_lines::ListBlankLines,
        task_marker_style::TaskMarkerStyle,
    }
    blocks: Blocks {
        dialect_syntax::DialectSyntax,
        blockquote_marker_space::BlockquoteMarkerSpace,
        blank_line_in_blockquote::BlankLineInBlockquote,
        thematic_break_style::ThematicBreakStyle,
        unknown_alert_type::UnknownAlertType,
    }
    whitespace: Whitespace {
        trailing_space::TrailingSpace,
        hard_tab::HardTab,
        multiple_blank_lines::MultipleBlankLines,
        line_length::LineLength,
        final_newline::FinalNewline,
        invisible_character::InvisibleCharacter,
        double_space::DoubleSpace,
        mixed_line_endings::MixedLineEndings,
        byte_order_mark::ByteOrderMark,
        mixed_quotes::MixedQuotes,
    }
    code: Code {
        shell_prompt::ShellPrompt,
        fence_blank_lines::FenceBlankLines,
        code_span_space::CodeSpanSpace,
        missing_code_language::MissingCodeLanguage,
        unknown_code_language::UnknownCodeLanguage,
        curly_quotes_in_code::CurlyQuotesInCode,
        code_block_style::CodeBlockStyle,
        code_block_syntax::CodeBlockSyntax,
        fence_style::FenceStyle,
    }
    tables: Tables {
        table_pipe_style::TablePipeStyle,
        table_column_count::TableColumnCount,
        table_blank_lines::TableBlankLines,
        table_style::TableStyle,
        unrendered_table::UnrenderedTable,
        pipe_in_code::PipeInCode,
    }
    emphasis: Emphasis {
        emphasis_space::EmphasisSpace,
        emphasis_style::EmphasisStyle,
        strong_style::StrongStyle,
        unrendered_emphasis::UnrenderedEmphasis,
    }
    html: Html {
        inline_html::InlineHtml,
    }
    meta: Meta {
        invalid_encoding::InvalidEncoding,
        oversized_file::OversizedFile,
        invalid_config::InvalidConfig,
        unknown_suppression::UnknownSuppression,
        unused_suppression::UnusedSuppression,
        untrusted_suppression::UntrustedSuppression,
        internal_error::InternalError,
    }
}

/// The rule that reports mistakes in the config and in other files of a run that are not pages.
pub const INVALID_CONFIG: &RuleMeta = &meta::invalid_config::InvalidConfig::META;

/// The rule that a rule's panic is reported as.
pub const INTERNAL_ERROR: &RuleMeta = &meta::internal_error::InternalError::META;

/// The rule that asks when pages were last changed.
pub const STALE_TRANSLATION: &RuleMeta = &structure::stale_translation::StaleTranslation::META;

/// The rule with the given id.
pub fn find(id: &str) -> Option<&'static RuleDef> {
    RULES.iter().find(|def| def.meta.id == id)
}

/// All names that configuration and suppression comments may use: ids, aliases and groups.
pub fn names() -> impl Iterator<Item = &'static str> {
    let ids =
        RULES.iter().flat_map(|def| std::iter::once(def.meta.id).chain(def.meta.aliases.iter().copied()));
    ids.chain(RULES.iter().map(|def| def.meta.group.id()))
}
