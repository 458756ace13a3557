//! The URLs of a page: where they are, what kind of thing they name, and their parts. Nothing here asks whether
//! they lead anywhere.

mod address;
mod defects;
mod front_matter;
pub mod hosts;
mod link_report;
mod malformed;
mod placeholder;
mod role;
mod schemeless;
mod shortcode;
mod targets;
mod tracking;

pub(crate) use address::is_filled_in;
pub use address::{AddressKind, WebAddress, shortened};
pub use defects::defect;
pub use link_report::{Answer, LinkReport};
pub use malformed::MalformedLink;
pub use placeholder::{is_placeholder, is_variable};
pub(crate) use role::ROLE;
pub use schemeless::Schemeless;
pub use targets::{TargetKind, UrlTarget, targets};
pub use tracking::{Query, QueryCut, is_tracking_parameter, names_in_host};
