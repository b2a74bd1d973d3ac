//! Build step of the shell: tells Tauri where permissions and capabilities lie, since the configuration stands at
//! the top of the repository.

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
