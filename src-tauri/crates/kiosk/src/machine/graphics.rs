//! Which renderer suits this machine: without a graphics card the web views paint faster, and with less memory, when they
//! do not use the graphics interface at all. Must not know: windows, how a renderer is switched on.

use serde::Serialize;
use std::fs;
use std::path::Path;

/// Render nodes of graphics cards.
const RENDER_NODES: &str = "/dev/dri";
/// Devices of the render nodes, with links to their drivers.
const DEVICES: &str = "/sys/class/drm";
/// Drivers without hardware.
const SOFTWARE_DRIVERS: [&str; 3] = ["vgem", "vkms", "faux_driver"];

/// How the web views paint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Renderer {
    /// With the graphics card.
    Gpu,
    /// With the processor.
    Software,
}

impl Renderer {
    /// The renderer for this machine: [`Self::Software`] if it has no graphics card.
    pub fn detect() -> Self {
        Self::for_drivers(&drivers(Path::new(RENDER_NODES), Path::new(DEVICES)))
    }

    fn for_drivers(drivers: &[String]) -> Self {
        let has_card = drivers
            .iter()
            .any(|driver| !SOFTWARE_DRIVERS.contains(&driver.as_str()));
        if has_card { Self::Gpu } else { Self::Software }
    }

    /// The name in `EXPO_RENDERER` and in the output of commands.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gpu => "gpu",
            Self::Software => "software",
        }
    }

    /// The renderer with a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Gpu, Self::Software]
            .into_iter()
            .find(|renderer| renderer.name() == name)
    }
}

/// The driver of each render node. The name is empty if it is unknown.
fn drivers(nodes: &Path, devices: &Path) -> Vec<String> {
    let nodes = fs::read_dir(nodes).into_iter().flatten().flatten();
    nodes
        .filter(|node| node.file_name().to_string_lossy().starts_with("renderD"))
        .map(|node| {
            let link = devices.join(node.file_name()).join("device/driver");
            let driver = link.canonicalize().ok();
            let name = driver.as_deref().and_then(Path::file_name);
            name.unwrap_or_default().to_string_lossy().into_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_without_render_node_paints_in_software() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("card0"), "").unwrap();
        assert!(drivers(folder.path(), folder.path()).is_empty());
        assert!(drivers(&folder.path().join("missing"), folder.path()).is_empty());
        assert_eq!(Renderer::for_drivers(&[]), Renderer::Software);
    }

    #[cfg(unix)]
    #[test]
    fn driver_of_a_render_node_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let (nodes, devices) = (folder.path().join("dri"), folder.path().join("drm"));
        let driver = folder.path().join("drivers/i915");
        for made in [&nodes, &devices.join("renderD128/device"), &driver] {
            fs::create_dir_all(made).unwrap();
        }
        fs::write(nodes.join("renderD128"), "").unwrap();
        fs::write(nodes.join("renderD129"), "").unwrap();
        std::os::unix::fs::symlink(&driver, devices.join("renderD128/device/driver")).unwrap();
        let mut found = drivers(&nodes, &devices);
        found.sort();
        assert_eq!(found, ["", "i915"]);
    }

    #[test]
    fn software_drivers_are_no_graphics_card() {
        let of = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            Renderer::for_drivers(&names)
        };
        assert_eq!(of(&["vgem"]), Renderer::Software);
        assert_eq!(of(&["vgem", "i915"]), Renderer::Gpu);
        assert_eq!(of(&[""]), Renderer::Gpu, "an unknown driver may be a card");
    }

    #[test]
    fn renderers_are_known_by_their_names() {
        for renderer in [Renderer::Gpu, Renderer::Software] {
            assert_eq!(Renderer::from_name(renderer.name()), Some(renderer));
        }
        assert_eq!(Renderer::from_name("auto"), None);
    }
}
