//! `copydesk schema`.

use std::io::Write;

use clap::{Args, builder::PossibleValuesParser};

use super::{Error, current_folder, init, print_json, print_note};
use crate::{
    baseline,
    config::{self, BUILTINS, Builtin},
    discover::Project,
    report,
    run::facts_schema,
    vfs::Disk,
};

/// What stands for a schema that is inferred.
const INFER: &str = "infer";

/// Print a JSON Schema
#[derive(Debug, Args)]
pub(super) struct SchemaCommand {
    /// `config` (copydesk.yaml), `report` (`--format json`), `baseline`, `facts` (a line of it), a built-in schema of front matter, or `infer`:
    /// what the front matter of some pages usually is
    #[arg(value_parser = PossibleValuesParser::new(names()))]
    what: String,
    /// With `infer`: a glob of pages, relative to the root of the site
    #[arg(required_if_eq("what", INFER))]
    glob: Option<String>,
}

/// The schemas of copydesk's own files, the inferred one, then the built-in ones.
fn names() -> impl Iterator<Item = &'static str> {
    ["config", "report", "baseline", "facts", INFER]
        .into_iter()
        .chain(BUILTINS.iter().map(|builtin| builtin.name))
}

impl SchemaCommand {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<(), Error> {
        let schema = match (&*self.what, &self.glob) {
            (INFER, Some(glob)) => infer(glob)?,
            (_, Some(glob)) => return Err(Error::Usage(format!("unexpected argument `{glob}`"))),
            (name, None) => match Builtin::named(name) {
                Some(builtin) => return Ok(out.write_all(builtin.text.as_bytes())?),
                None if name == "report" => report::json_schema(),
                None if name == "facts" => facts_schema(),
                None if name == "baseline" => baseline::json_schema(),
                None => config::json_schema(),
            },
        };
        Ok(print_json(&schema, out)?)
    }
}

/// What the front matter of the pages that a glob matches usually is. What few pages have is named on standard error.
fn infer(glob: &str) -> Result<serde_json::Value, Error> {
    let project = Project::of(&Disk, &current_folder()?);
    let proposal = init::infer(&project, glob)?;
    for outlier in &proposal.outliers {
        print_note(&format!("unusual: {}: {}", outlier.path.display(), outlier.text));
    }
    Ok(proposal.schema)
}
