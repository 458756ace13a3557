//! Rules about images.

pub(super) mod broken_image;
pub(super) mod image_size;
pub(super) mod missing_alt_text;
pub(super) mod placeholder_alt_text;
