//! What a run of a script costs, apart from tokens: the sandbox's pool in this process, over workers of the program
//! that ships, and Node.js beside it.

mod case;
mod clients;
mod life;
mod neighbours;
mod node;
mod report;
mod steady;
mod workers;
mod zipf;

use crate::Plan;
use anyhow::Result;
use case::Case;
use life::Life;
use neighbours::Neighbours;
use node::Node;
use std::path::Path;
use steady::Steady;
use zipf::Zipf;

/// Everything that was measured about scripts.
pub(crate) struct Sandbox {
    steady: Vec<Steady>,
    node: Vec<Node>,
    zipf: Vec<Zipf>,
    neighbours: Vec<Neighbours>,
    life: Life,
}

impl Sandbox {
    /// `program` is the server's.
    pub(crate) async fn measure(program: &Path, plan: &Plan) -> Result<Self> {
        let mut steady = Vec::new();
        for case in Case::ALL {
            steady.push(Steady::measure(program, case, plan).await?);
        }
        Ok(Self {
            steady,
            node: node::measure(plan).await?,
            zipf: Zipf::measure(program, plan).await?,
            neighbours: Neighbours::measure(program, plan).await?,
            life: Life::measure(program, plan).await?,
        })
    }
}
