//! A signal that asks us to end waits until the file that is being replaced is whole.

#[cfg(unix)]
pub(super) use unix::Shield;

#[cfg(unix)]
mod unix {
    use std::sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    };

    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        flag, low_level,
    };

    /// What the handlers know.
    struct State {
        /// Whether a signal may end the process at once.
        is_idle: Arc<AtomicBool>,
        /// The signals that may come, and whether each did.
        signals: Vec<(i32, Arc<AtomicBool>)>,
    }

    static STATE: OnceLock<State> = OnceLock::new();

    fn install() -> State {
        let is_idle = Arc::new(AtomicBool::new(true));
        let wanted = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|&signal| !is_ignored(signal));
        let signals: Vec<_> = wanted.map(|signal| (signal, Arc::default())).collect();
        for (signal, came) in &signals {
            // A signal whose handler cannot be set ends the process as ever, and the next run removes what it left.
            let _ = flag::register(*signal, Arc::clone(came));
            let _ = flag::register_conditional_default(*signal, Arc::clone(&is_idle));
        }
        State { is_idle, signals }
    }

    /// Whether the parent process wants a signal to be ignored, as `nohup` and shells do for what runs in the
    /// background. Only Linux says so without a system call that is unsafe to make; elsewhere a hang-up is left alone.
    fn is_ignored(signal: i32) -> bool {
        if !cfg!(any(target_os = "linux", target_os = "android")) {
            return signal == SIGHUP;
        }
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.is_none_or(|mask| mask >> (signal - 1) & 1 == 1)
    }

    /// While there is one, signals wait.
    pub(in super::super) struct Shield;

    impl Shield {
        pub(in super::super) fn raise() -> Self {
            STATE.get_or_init(install).is_idle.store(false, Ordering::SeqCst);
            Self
        }
    }

    impl Drop for Shield {
        fn drop(&mut self) {
            let Some(state) = STATE.get() else { return };
            state.is_idle.store(true, Ordering::SeqCst);
            if let Some((signal, _)) = state.signals.iter().find(|(_, came)| came.load(Ordering::SeqCst)) {
                // It ends the process as if it had come now.
                let _ = low_level::emulate_default_handler(*signal);
            }
        }
    }
}

/// Elsewhere the next run removes what an interrupted one left.
#[cfg(not(unix))]
pub(super) struct Shield;

#[cfg(not(unix))]
impl Shield {
    pub(super) fn raise() -> Self {
        Self
    }
}
