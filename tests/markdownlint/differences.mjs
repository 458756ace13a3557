// The differences from markdownlint that docs/markdownlint-differences.md explains, and how each is told from the
// page's lines. `holds` is given all lines and the index of the finding's line.

/** The nearest line above, and whether a pattern is met there. */
const around = (lines, at, reach, pattern) =>
  lines.slice(Math.max(0, at - reach), at + reach + 1).some((line) => pattern.test(line));

export const differences = [];
