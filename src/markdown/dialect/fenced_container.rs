//! Containers between lines of colons: the directives of Docusaurus and Starlight, the containers of VitePress, the
//! divs of Pandoc. Their bodies are Markdown where they are; only the two lines are masked.

use super::lines::Lines;

/// The fewest colons of such a line.
const FEWEST: usize = 3;

/// How many containers are kept in mind.
const DEEPEST: usize = 100;

impl Lines<'_> {
    /// Whether a line opens or closes a container.
    pub(super) fn is_directive(&mut self, text: usize, stop: usize) -> bool {
        let content = &self.bytes[text..stop];
        let colons = content.iter().take_while(|&&byte| byte == b':').count();
        if colons < FEWEST {
            return false;
        }
        let name = content[colons..].trim_ascii_start();
        if name.is_empty() {
            let open = self.directives.iter().rposition(|&opened| opened <= colons);
            if let Some(open) = open {
                self.directives.truncate(open);
            }
            return open.is_some();
        }
        let opens = name[0].is_ascii_alphabetic() || name[0] == b'{';
        if opens && self.directives.len() < DEEPEST {
            self.directives.push(colons);
        }
        opens
    }
}
