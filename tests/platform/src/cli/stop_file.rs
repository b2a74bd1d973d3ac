//! Reads event files.

use super::output::CommandError;
use expo_domain::Stop;
use serde_json::Value;
use std::path::Path;

/// Reads the stop of an event file in TOML or JSON. If the file has a section `stop`, the rest is ignored: it can contain
/// secrets of a kiosk.
pub fn read_stop(file: &Path) -> Result<Stop, CommandError> {
    let wrong = |problem: String| format!("{}: {problem}", file.display());
    let text = std::fs::read_to_string(file).map_err(|e| wrong(e.to_string()))?;
    let mut event: Value = if file.extension().is_some_and(|extension| extension == "json") {
        serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))?
    } else {
        toml::from_str(&text).map_err(|e| wrong(e.message().to_owned()))?
    };
    let stop = event.get_mut("stop").map_or(Value::Null, Value::take);
    let stop = if stop.is_null() { event } else { stop };
    let stop: Stop = serde_json::from_value(stop).map_err(|e| wrong(e.to_string()))?;
    stop.check().map_err(|e| wrong(e.to_string()))?;
    Ok(stop)
}
