//! Rules about emphasis and strong emphasis.

mod delimiter_style;
pub(super) mod emphasis_space;
pub(super) mod emphasis_style;
pub(super) mod strong_style;
pub(super) mod unrendered_emphasis;
