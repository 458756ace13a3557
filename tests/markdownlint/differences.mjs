// The differences from markdownlint that docs/markdownlint-differences.md explains, and how each is told from the
// page. `holds` is given all lines and the index of the finding's line.

/** Whether a pattern is met in a line, or in one up to so many lines away. */
const near = (lines, at, reach, pattern) =>
  lines.slice(Math.max(0, at - reach), at + reach + 1).some((line) => pattern.test(line));

/** The lines of the block that a line is in: up to the nearest blank ones. */
function block(lines, at) {
  let [first, last] = [at, at];
  while (first > 0 && lines[first - 1].trim()) first -= 1;
  while (last + 1 < lines.length && lines[last + 1].trim()) last += 1;
  return lines.slice(first, last + 1);
}

export const differences = [
  {
    id: "row-of-one-pipe",
    rules: ["MD013", "MD055", "MD056", "MD058", "MD060"],
    holds: (lines, at) => block(lines, at).some((line) => /^\s*\|\s*$/.test(line)),
  },
  {
    id: "html-block",
    rules: ["MD033"],
    holds: (lines, at) => /`[^`]*<[^`]*`|'[^']*<[^']*'/.test(lines[at]),
  },
  {
    id: "unquoted-value",
    rules: ["MD033", "MD034"],
    holds: (lines, at) => /<\w+(\s[^>]*)?\s\w+=[^\s"'>]*\//.test(lines[at]),
  },
  {
    id: "code-over-lines",
    rules: ["MD018", "MD020"],
    side: "theirs",
    holds: (lines, at) => {
      let first = at;
      while (first > 0 && lines[first - 1].trim() !== "") first--;
      const ticks = lines.slice(first, at).join("\n").match(/`/g) ?? [];
      return ticks.length % 2 === 1;
    },
  },
  {
    id: "directive",
    rules: ["MD032"],
    side: "theirs",
    holds: (lines, at) => /^\s*:::/.test(lines[at + 1] ?? ""),
  },
  {
    id: "container-after-table",
    rules: ["MD056"],
    side: "theirs",
    holds: (lines, at) => /^\s*:{3,}\s*$/.test(lines[at]),
  },
  {
    id: "attributes-after-table",
    rules: ["MD056"],
    side: "theirs",
    holds: (lines, at) => /^\s*\{:[^|]*\}\s*$/.test(lines[at]),
  },
  {
    id: "attribute-list",
    rules: ["MD045"],
    side: "theirs",
    holds: (lines, at) => /\)\{[^}]*\balt=/.test(lines[at]),
  },
  {
    id: "lazy-html",
    rules: ["MD032"],
    side: "ours",
    holds: (lines, at) => /^<\/?[A-Za-z]/.test(lines[at + 1] ?? ""),
  },
  {
    id: "tab-after-code",
    rules: ["MD010"],
    side: "ours",
    holds: (lines, at) => /`\t/.test(lines[at]),
  },
  {
    id: "label-with-code",
    rules: ["MD052"],
    side: "ours",
    holds: (lines, at) => near(lines, at, 1, /\[[^\]]*[`*_][^\]]*\]/),
  },
  {
    id: "label-with-brackets",
    rules: ["MD052"],
    side: "theirs",
    holds: (lines, at) => /\[[^\]]*\[|\]\]/.test(lines[at]),
  },
  {
    id: "alert",
    rules: ["MD052"],
    side: "theirs",
    holds: (lines, at) => /\[!\w+\]/.test(lines[at]),
  },
  {
    id: "footnote",
    rules: ["MD052"],
    side: "theirs",
    holds: (lines, at) => /\[\^/.test(lines[at]),
  },
  {
    id: "link-over-lines",
    rules: ["MD051"],
    holds: (lines, at) => /\[[^\]]*$/.test(lines[at]) || /^[^[]*\]\(#/.test(lines[at]),
  },
  {
    id: "id-of-component",
    rules: ["MD051"],
    side: "theirs",
    holds: (lines, at) =>
      [...lines[at].matchAll(/\(#([^)]+)\)/g)].some(([, id]) =>
        lines.some((line) => line.includes(`titleId="${id}"`) || line.includes(`headingId="${id}"`)),
      ),
  },
  {
    id: "emphasis-in-link",
    rules: ["MD037"],
    side: "ours",
    holds: (lines, at) => /\[[^\]]*[*_]+ [^\]]*\]\(/.test(lines[at]),
  },
  {
    id: "bracketed-destination",
    rules: ["MD054"],
    side: "ours",
    holds: (lines) => lines.some((line) => /^\s*\[[^\]]+\]:\s*</.test(line)),
  },
];
