//! One run: sets up the world, carries out the plan, ends all faults, and checks the invariants.

use crate::error::SimulationError;
use crate::event_log::RunReport;
use crate::fixture::{Fixture, temp_folder};
use crate::invariants;
use crate::mutant::Mutant;
use crate::plan::Plan;
use crate::world::World;
use std::sync::Arc;
use std::time::Duration;

/// Time between two checks whether all work is done.
const CHECK_INTERVAL: Duration = Duration::from_secs(2);

/// Runs one seed, perhaps with a mutant.
pub fn run(fixture: &Arc<Fixture>, seed: u64, mutant: Option<Mutant>) -> Result<RunReport, SimulationError> {
    let folder = temp_folder()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .map_err(SimulationError::new)?;
    runtime.block_on(async {
        let plan = Plan::draw(seed);
        let mut world = World::new(fixture, seed, &plan, mutant, folder.path())?;
        carry_out(&mut world, plan).await?;
        Ok(world.context.log.take_report())
    })
}

/// Carries out a plan and checks the invariants, until one is violated.
async fn carry_out(world: &mut World, plan: Plan) -> Result<(), SimulationError> {
    for (at, action) in plan.actions {
        world.wait_until(at).await?;
        world.apply(action).await?;
        if world.context.log.has_violation() {
            return Ok(());
        }
    }
    world.wait_until(plan.faults_end_at).await?;
    world.end_faults()?;
    invariants::check_work_is_done_in_time(world, CHECK_INTERVAL).await?;
    world
        .context
        .log
        .count("virtual milliseconds", world.elapsed().as_millis() as u64);
    if !world.context.log.has_violation() {
        invariants::check_final_state(world).await?;
    }
    Ok(())
}
