//! Checks of the whole page: accessibility, and texts that do not fit.

use crate::Failure;
use crate::programs::repository;
use crate::window::Window;
use serde_json::Value;

impl Window {
    /// Accessibility violations that axe finds in the page, one line per rule. All rules are on, including contrast.
    pub async fn accessibility_violations(&self) -> Result<Vec<String>, Failure> {
        let axe = repository().join("ui/node_modules/axe-core/axe.min.js");
        let axe =
            std::fs::read_to_string(&axe).map_err(|e| format!("{}: {e}; run 'make ui'", axe.display()))?;
        self.execute("load axe", &axe, vec![]).await?;
        let found = self
            .evaluate(
                "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(
                    ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} (${failureSummary})`).join('; ')}`))",
            )
            .await?;
        lines(&found)
    }

    /// Texts below 22 px at a screen width of 1080 px. `ui/scripts/shots.mjs` runs the same script.
    pub async fn small_texts(&self) -> Result<Vec<String>, Failure> {
        let script = include_str!("../../ui/scripts/small-texts.js");
        lines(&self.evaluate(script.trim_end().trim_end_matches(';')).await?)
    }

    /// Controls whose text does not fit into them.
    pub async fn overflowing_controls(&self) -> Result<Vec<String>, Failure> {
        let found = self
            .evaluate(
                "[...document.querySelectorAll('button, a, label')]
                    .filter((control) => control.checkVisibility() && control.scrollWidth > control.clientWidth + 1)
                    .map(({ dataset, textContent }) => `${dataset.testid ?? ''} ${textContent}`)",
            )
            .await?;
        lines(&found)
    }
}

/// The strings in the value of an evaluated script.
fn lines(found: &Value) -> Result<Vec<String>, Failure> {
    let lines = found["value"].as_array();
    let lines = lines.ok_or_else(|| format!("the script failed: {found}"))?;
    Ok(lines
        .iter()
        .map(|line| line.as_str().unwrap_or_default().to_owned())
        .collect())
}
