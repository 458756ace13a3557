use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Shell prompt in commands without output
    ///
    /// ## What it does
    ///
    /// Reports code blocks in which every line starts with the shell prompt `$`, so that no line shows any output.
    ///
    /// ## Why is this bad?
    ///
    /// The `$` is copied together with the commands, which then fail. A prompt is only useful where it tells
    /// commands from their output.
    ///
    /// ## Example
    ///
    /// ~~~md
    /// ```sh
    /// $ tide --today
    /// $ tide --tomorrow
    /// ```
    /// ~~~
    ///
    /// ## Use instead
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
    ///
    /// ## Fix safety
    ///
    /// Fixes are unsafe: `--fix` applies them only together with `--unsafe-fixes`, because they change the
    /// rendered code.
    pub struct ShellPrompt {}
    id = "shell-prompt",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD014", "commands-show-output"],
}

impl Rule for ShellPrompt {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for block in doc.ast.code_blocks() {
            let lines = doc.ast.code_lines(&block).iter().filter(|line| !line.is_empty());
            let Some(prompts) = lines.map(|line| prompt(doc, *line)).collect::<Option<Vec<_>>>() else {
                continue;
            };
            for prompt in prompts {
                sink.report(prompt, "`$` before a command without output")
                    .help("show the output of the command, or omit the prompt")
                    .fix(Fix::replace("Remove the prompt", Applicability::Unsafe, prompt, ""));
            }
        }
    }
}

/// The `$` at the start of a line, with the whitespace after it.
fn prompt(doc: &Document, line: Span) -> Option<Span> {
    let text = doc.slice(line).trim_start();
    let command = text.strip_prefix('$')?.trim_start();
    let prompt = Span::new(line.end - text.len() as u32, line.end - command.len() as u32);
    (prompt.len() > 1).then_some(prompt)
}
