use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Commands are shown with a prompt and without what they print
    ///
    /// ## Why
    ///
    /// Readers who copy the commands copy the `$` too. It helps only where it tells commands from what they print.
    ///
    /// ## Bad
    ///
    /// ~~~md
    /// ```sh
    /// $ tide --today
    /// $ tide --tomorrow
    /// ```
    /// ~~~
    ///
    /// ## Good
    ///
    /// ~~~md
    /// ```sh
    /// tide --tomorrow
    /// ```
    ///
    /// ```console
    /// $ tide --today
    /// High water at 12:40
    /// ```
    /// ~~~
    pub struct DollarPrompt {}
    id = "dollar-prompt",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD014", "commands-show-output"],
}

impl Rule for DollarPrompt {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for block in doc.ast.code_blocks() {
            let lines = doc.ast.code_lines(&block).iter().filter(|line| !line.is_empty());
            let Some(prompts) = lines.map(|line| prompt(doc, *line)).collect::<Option<Vec<_>>>() else {
                continue;
            };
            for prompt in prompts {
                sink.report(prompt, "a prompt before a command whose output is not shown")
                    .help("write the command alone, or show what it prints")
                    .fix(Fix::replace("remove the prompt", Applicability::Unsafe, prompt, ""));
            }
        }
    }
}

/// The `$` that a line begins with, and the blanks behind it.
fn prompt(doc: &Document, line: Span) -> Option<Span> {
    let text = doc.slice(line).trim_start();
    let command = text.strip_prefix('$')?.trim_start();
    let prompt = Span::new(line.end - text.len() as u32, line.end - command.len() as u32);
    (prompt.len() > 1).then_some(prompt)
}
