//! Chooses how the web views paint, before the first window opens. Must not know: windows.

use crate::restart;
use expo_kiosk_core::Renderer;
use serde::Serialize;
use std::env;

/// Lets an operator choose the renderer: `gpu` or `software`.
pub const RENDERER_VARIABLE: &str = "EXPO_RENDERER";
/// Variable of the web engine: `1` makes it paint without the graphics card.
const ENGINE_VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// The chosen renderer and why it was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RendererChoice {
    /// The renderer.
    pub renderer: Renderer,
    /// Who chose it.
    pub chosen_by: ChosenBy,
}

/// Who chose the renderer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChosenBy {
    /// The variable `EXPO_RENDERER`.
    Operator,
    /// The variable of the web engine.
    EngineVariable,
    /// The program: it looked for a graphics card.
    Program,
}

/// The renderer to use. An error names the invalid value of [`RENDERER_VARIABLE`].
pub fn choose() -> Result<RendererChoice, String> {
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(name) = variable(RENDERER_VARIABLE) {
        let renderer = Renderer::from_name(&name)
            .ok_or_else(|| format!("{RENDERER_VARIABLE} is {name}: expected gpu or software"))?;
        return Ok(RendererChoice {
            renderer,
            chosen_by: ChosenBy::Operator,
        });
    }
    Ok(match variable(ENGINE_VARIABLE) {
        Some(value) => RendererChoice {
            renderer: engine_renderer(&value),
            chosen_by: ChosenBy::EngineVariable,
        },
        None => RendererChoice {
            renderer: Renderer::detect(),
            chosen_by: ChosenBy::Program,
        },
    })
}

/// Makes the web engine use the chosen renderer. The engine reads its variable when the program starts, so this starts the
/// program again with another value if necessary. Returns an error if that fails; windows work with any renderer.
pub fn apply(choice: RendererChoice) -> std::io::Result<()> {
    let value = env::var(ENGINE_VARIABLE).unwrap_or_default();
    if !cfg!(target_os = "linux") || engine_renderer(&value) == choice.renderer {
        return Ok(());
    }
    Err(restart::replace_process(|command| {
        match choice.renderer {
            Renderer::Gpu => command.env_remove(ENGINE_VARIABLE),
            Renderer::Software => command.env(ENGINE_VARIABLE, "1"),
        };
    }))
}

/// What the engine does with a value of its variable: it switches the graphics card off unless the value is empty or `0`.
fn engine_renderer(value: &str) -> Renderer {
    if value.is_empty() || value == "0" {
        Renderer::Gpu
    } else {
        Renderer::Software
    }
}
