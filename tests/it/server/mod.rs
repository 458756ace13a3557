//! The language server, through the real binary.

mod actions;
mod client;
mod completion;
mod diagnostics;
mod hostile;
mod navigation;
mod protocol;

use std::path::PathBuf;

use crate::common::sandbox;

/// A site with a page that has something of everything.
fn harbour(name: &str) -> PathBuf {
    sandbox::site(
        &format!("server-{name}"),
        &[
            ("copydesk.yaml", HARBOUR_CONFIG),
            ("data/categories.yaml", "- id: boats\n  label: Boats and ships\n- id: food\n  label: Food\n"),
            ("people/mia.md", "---\nname: Mia Quist\n---\n\n# Mia Quist\n"),
            ("posts/first.md", FIRST_POST),
            ("posts/second.md", SECOND_POST),
            ("posts/quay.png", "not read"),
        ],
    )
}

const HARBOUR_CONFIG: &str = "\
collections:
  posts:
    files: posts/*.md
    schema:
      type: object
      required: [title, date]
      properties:
        title: { type: string, description: What readers see first. }
        date: { type: string, description: The day of publication. }
        mood: { enum: [calm, stormy], description: The weather. }
        author: { type: string }
        category: { type: object }
        tags: { type: array, items: { type: string } }
      additionalProperties: false
    references:
      author: { files: people/*.md, key: name }
      category:
        data: data/categories.yaml
        id: id
        label: label
";

const FIRST_POST: &str = "\
---
title: The harbour’s café 𝒳
date: 2024-05-01
author: Mia Quist
category:
  id: boats
  label: Food
tags: [rope, tar]
---

# The harbour

The harbour’s café 𝒳 has the the best soup.\x20

## Old quay

See [the second post](second.md#low-tide) and ![the quay](quay.png).
";

const SECOND_POST: &str = "\
---
title: Second
date: 2024-05-02
author: Mia Quist
tags: [rope]
---

# Second

## Low tide

Back to [the quay](first.md#old-quay), or to [nowhere](gone.md).
";
