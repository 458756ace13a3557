//! Joining the facts of shards, or of several sites.

use std::io::{self, BufRead, Write};

use super::{
    FactsError,
    read::{AFTER_END, FactsLines, parse},
    record::{Counted, EndRecord, Kind, RecordKey, Shards, SiteRecord},
    write::write_line,
};

/// Why files of facts cannot be joined.
#[derive(Debug, thiserror::Error)]
pub enum FactsMergeError {
    /// One of them cannot be used, or does not fit the others.
    #[error("{error}")]
    Input {
        /// The place of the file among the inputs.
        input: usize,
        /// What is wrong with it.
        error: FactsError,
    },
    /// The result cannot be written.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// The next record of an input.
struct Head {
    key: RecordKey,
    number: u64,
    line: Vec<u8>,
}

/// An input, of which one line is held.
struct Input<R> {
    lines: FactsLines<R>,
    head: Option<Head>,
}

impl<R: BufRead> Input<R> {
    /// Goes on to the next record. Records are in order, each once.
    fn advance(&mut self) -> Result<(), FactsError> {
        let before = self.head.take();
        let Some((number, line)) = self.lines.next_line()? else { return Err(FactsError::cut_short()) };
        let fail = FactsError::at(number);
        let key: RecordKey = match parse(&line) {
            Ok(key) => key,
            Err(error) => return Err(fail(error)),
        };
        if key.kind() == Kind::Facts || before.is_some_and(|before| before.key >= key) {
            return Err(fail("the records are not in order".to_owned()));
        }
        if key.kind() == Kind::End {
            parse::<EndRecord>(&line).and_then(|end| end.check(number)).map_err(fail)?;
            return match self.lines.next_line()? {
                None => Ok(()),
                Some((number, _)) => Err(FactsError::at(number)(AFTER_END.to_owned())),
            };
        }
        self.head = Some(Head { key, number, line });
        Ok(())
    }
}

/// Joins files of facts: of the shards of sites, or of several sites. The order of the inputs does not matter; joining the
/// facts of all shards gives the bytes that one run over all pages writes. Takes no more memory than the longest lines.
///
/// # Errors
///
/// When an input cannot be read or is damaged, when inputs are from different versions of copydesk, when they follow
/// from different configs or lists of pages, or when they have different facts of a page.
pub fn merge<R: BufRead>(inputs: Vec<R>, out: &mut impl Write) -> Result<(), FactsMergeError> {
    let at = |input: usize| move |error: FactsError| FactsMergeError::Input { input, error };
    let (mut open, mut first) = (Vec::new(), None);
    for (number, input) in inputs.into_iter().enumerate() {
        let mut lines = FactsLines::new(input);
        let header = lines.header().map_err(at(number))?;
        if first.get_or_insert_with(|| header.clone()).config != header.config {
            let reason = "the config was chosen in another way than for the first file".to_owned();
            return Err(at(number)(FactsError::at(1)(reason)));
        }
        let mut input = Input { lines, head: None };
        input.advance().map_err(at(number))?;
        open.push(input);
    }
    let out = &mut Counted { out, lines: 0 };
    if let Some(header) = &first {
        write_line(header, out)?;
    }
    while let Some(key) = open.iter().filter_map(|input| Some(&input.head.as_ref()?.key)).min().cloned() {
        let has_key = |input: &Input<R>| input.head.as_ref().is_some_and(|head| head.key == key);
        let holders: Vec<usize> = (0..open.len()).filter(|index| has_key(&open[*index])).collect();
        let heads: Vec<(usize, &Head)> =
            holders.iter().filter_map(|index| Some((*index, open[*index].head.as_ref()?))).collect();
        let line = if key.kind() == Kind::Site { joined_site(&heads) } else { same_line(&heads) }
            .map_err(|(input, error)| FactsMergeError::Input { input, error })?;
        out.write_all(&line)?;
        out.write_all(b"\n")?;
        for index in holders {
            open[index].advance().map_err(at(index))?;
        }
    }
    let end = EndRecord::after(out.lines);
    Ok(write_line(&end, out)?)
}

/// The line that some inputs have, which has to be the same.
fn same_line(heads: &[(usize, &Head)]) -> Result<Vec<u8>, (usize, FactsError)> {
    let [(_, first), others @ ..] = heads else { return Ok(vec![]) };
    match others.iter().find(|(_, head)| head.line != first.line) {
        None => Ok(first.line.clone()),
        Some((input, head)) => {
            let what = match head.key.kind() {
                Kind::Config => "the config differs from that of another file",
                Kind::Page => "the facts of the page differ from those in another file",
                Kind::Facts | Kind::Site | Kind::Files | Kind::End => {
                    "the files of the site differ from those in another file"
                }
            };
            Err((*input, FactsError::at(head.number)(what.to_owned())))
        }
    }
}

/// The record of a site with the shards of all inputs.
fn joined_site(heads: &[(usize, &Head)]) -> Result<Vec<u8>, (usize, FactsError)> {
    let mut joined: Option<SiteRecord> = None;
    for (input, head) in heads {
        let fail = |reason: &str| (*input, FactsError::at(head.number)(reason.to_owned()));
        let site: SiteRecord = parse(&head.line).map_err(|error| fail(&error))?;
        if !site.shards.is_possible() {
            return Err(fail("`shards` are not shards"));
        }
        let Some(before) = &mut joined else {
            joined = Some(site);
            continue;
        };
        if before.shards.count != site.shards.count {
            return Err(fail("the number of shards differs from that of another file"));
        }
        let shards = before.shards.clone().with(&site.shards);
        if *before != (SiteRecord { shards: before.shards.clone(), ..site }) {
            return Err(fail("the config or the list of pages differs from that of another file"));
        }
        before.shards = shards;
    }
    let Some(mut site) = joined else { return Ok(vec![]) };
    site.shards = site.shards.settled();
    serde_json::to_vec(&site).map_err(|error| (heads[0].0, FactsError::Io(error.into())))
}

impl Shards {
    /// Whether they are some of as many as there can be.
    pub(super) fn is_possible(&self) -> bool {
        let in_order = self.present.windows(2).all(|pair| pair[0] < pair[1]);
        let in_range = self.present.iter().all(|number| (1..=self.count).contains(number));
        in_order && in_range && self.count <= super::super::shard::MAX_SHARDS
    }

    fn with(mut self, other: &Self) -> Self {
        self.present.extend(&other.present);
        self.present.sort_unstable();
        self.present.dedup();
        self
    }
}
