//! Names of hosts as text.

/// Whether a host is `of` or below it, compared label by label and in any case.
pub fn is_host_below(host: &str, of: &str) -> bool {
    let (Some(at), Some(host_end)) =
        (host.len().checked_sub(of.len()), host.get(host.len().saturating_sub(of.len())..))
    else {
        return false;
    };
    host_end.eq_ignore_ascii_case(of) && (at == 0 || host.as_bytes()[at - 1] == b'.')
}

/// Whether a host, in lower case, has a last label that only the machine itself or a local network knows.
pub fn has_local_ending(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    matches!(last, "localhost" | "local" | "internal" | "localdomain" | "lan")
}

#[cfg(test)]
mod tests {
    use super::is_host_below;

    #[test]
    fn hosts_are_compared_label_by_label() {
        assert!(is_host_below("a.Tide.example", "tide.example"));
        assert!(is_host_below("tide.example", "tide.example"));
        assert!(!is_host_below("ebbtide.example", "tide.example") && !is_host_below("x", "tide.example"));
        assert!(!is_host_below("étide", "tide") && !is_host_below("é", "x"));
        assert!(is_host_below("example.com", "example.com") && is_host_below("a.example.com", "example.com"));
        assert!(!is_host_below("example.company.io", "example.com"));
        assert!(!is_host_below("myexample.com", "example.com"));
    }
}
