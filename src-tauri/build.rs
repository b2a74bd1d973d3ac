//! Build script of the shell: sets the folders of permissions and capabilities, because the Tauri configuration is at the
//! top of the repository.

fn main() {
    println!("cargo:rerun-if-changed=ui/dist");
    let commands = tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/*.json")
        .app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:error=building the shell: {error:#}");
        std::process::exit(1);
    }
}
