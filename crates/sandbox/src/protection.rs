//! Which walls stand around a worker, for the start-up log and `signet doctor`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a worker reported about its jail. Empty until the first worker of a pool is up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protection {
    pub walls: Vec<Wall>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wall {
    pub barrier: Barrier,
    pub state: WallState,
}

/// One wall of the jail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Barrier {
    /// A short list of system calls; any other kills the worker.
    SystemCallFilter,
    /// No file system and no TCP, enforced by Landlock.
    FileSystem,
    /// A user namespace without privileges.
    UserNamespace,
    /// A network namespace without interfaces.
    NetworkNamespace,
    /// `no_new_privs`: nothing it could execute gains rights.
    NoNewPrivileges,
    /// No core dumps, and no other process of the same user may look inside.
    NotDumpable,
    /// Caps on address space, processes, files and descriptors.
    ResourceLimits,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WallState {
    Up,
    /// Weaker than on a current kernel.
    Partial(String),
    Missing(String),
}

impl Protection {
    /// Whether each known wall is up in full.
    pub fn is_complete(&self) -> bool {
        !self.walls.is_empty() && self.walls.iter().all(|wall| wall.state == WallState::Up)
    }

    pub(crate) fn record(&mut self, barrier: Barrier, result: Result<(), impl fmt::Display>) {
        let state = result.map_or_else(|reason| WallState::Missing(reason.to_string()), |()| WallState::Up);
        self.walls.push(Wall { barrier, state });
    }
}

impl fmt::Display for Protection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, wall) in self.walls.iter().enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            write!(f, "{separator}{}: ", wall.barrier)?;
            match &wall.state {
                WallState::Up => f.write_str("up")?,
                WallState::Partial(reason) => write!(f, "partial ({reason})")?,
                WallState::Missing(reason) => write!(f, "missing ({reason})")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SystemCallFilter => "system call filter",
            Self::FileSystem => "file system",
            Self::UserNamespace => "user namespace",
            Self::NetworkNamespace => "network namespace",
            Self::NoNewPrivileges => "no new privileges",
            Self::NotDumpable => "not dumpable",
            Self::ResourceLimits => "resource limits",
        })
    }
}
