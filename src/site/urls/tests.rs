//! Sites of a few names, asked for where links lead.
