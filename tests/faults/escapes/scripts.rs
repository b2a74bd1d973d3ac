//! Attempts to leave the page by script: navigation, new windows, downloads, frames and requests. A server counts the
//! connections that they cause.

use acceptance::programs::Kiosk;
use acceptance::screen::Screen;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Time for a navigation to take effect.
const NAVIGATION_DURATION: Duration = Duration::from_millis(400);

/// Addresses to go to. `PORT` is the port of the server.
const ADDRESSES: [&str; 9] = [
    "http://127.0.0.1:PORT/",
    "http://localhost:PORT/",
    "https://127.0.0.1:PORT/",
    "file:///etc/passwd",
    "data:text/html,<h1>away</h1>",
    "javascript:document.body.replaceChildren()",
    "about:blank",
    "blob:http://127.0.0.1:PORT/1",
    "mailto:a@example.org",
];

/// Ways to go to an address, which is the variable `to`.
const WAYS: [&str; 9] = [
    "location.href = to",
    "location.replace(to)",
    "window.open(to)",
    "window.open(to, '_self')",
    "Object.assign(document.createElement('a'), { href: to, target: '_blank' }).click()",
    "Object.assign(document.createElement('a'), { href: to, download: 'file' }).click()",
    "document.body.appendChild(Object.assign(document.createElement('iframe'), { src: to, hidden: true }))",
    "document.body.appendChild(Object.assign(document.createElement('form'), { action: to, hidden: true })).submit()",
    "document.head.appendChild(Object.assign(document.createElement('meta'), \
     { httpEquiv: 'refresh', content: '0; url=' + to }))",
];

/// Requests and other attempts.
const OTHERS: [&str; 9] = [
    "fetch('http://127.0.0.1:PORT/')",
    "new WebSocket('ws://127.0.0.1:PORT/')",
    "new EventSource('http://127.0.0.1:PORT/')",
    "navigator.sendBeacon('http://127.0.0.1:PORT/', 'x')",
    "import('http://127.0.0.1:PORT/a.js')",
    "new Image().src = 'http://127.0.0.1:PORT/a.png'",
    "history.back()",
    "window.close()",
    "document.documentElement.requestFullscreen()",
];

/// Counts connections to a port.
fn count_connections() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    std::thread::spawn(move || {
        for _ in listener.incoming() {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    (port, count)
}

#[tokio::test]
async fn no_script_leaves_the_page_or_reaches_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
    let screen = Screen::start(1280, 800).unwrap();
    let window = screen.open(&kiosk).await.unwrap();
    window.wait_for_screen("attract").await.unwrap();
    let where_it_is = "location.href + ' ' + document.body.dataset.screen";
    let own_page = window.evaluate(where_it_is).await.unwrap();
    assert!(
        own_page["value"]
            .as_str()
            .unwrap()
            .starts_with("tauri://localhost")
    );
    let (port, connections) = count_connections();
    let ways = ADDRESSES
        .iter()
        .flat_map(|to| WAYS.map(|way| format!("const to = '{to}'; {way}")));
    let attempts: Vec<String> = ways.chain(OTHERS.map(ToOwned::to_owned)).collect();
    for attempt in attempts {
        let script = attempt.replace("PORT", &port.to_string());
        // The answer does not matter: most attempts fail with an error, and a page that is left gives none.
        window
            .evaluate(&format!("{{ setTimeout(() => {{ {script} }}) }}"))
            .await
            .unwrap();
        tokio::time::sleep(NAVIGATION_DURATION).await;
        let page = window.evaluate(where_it_is).await;
        let page = page.map_err(|error| format!("{script}: {error}")).unwrap();
        assert_eq!(page, own_page, "{script}");
        let windows = screen.display().windows_shown().unwrap();
        assert_eq!(windows.len(), 1, "{script}: {windows:?}");
        assert_eq!(
            connections.load(Ordering::SeqCst),
            0,
            "{script} reached the server"
        );
    }
    // The counter must detect a connection.
    TcpStream::connect(("127.0.0.1", port)).unwrap();
    acceptance::wait::eventually("the counter counts nothing", || async {
        (connections.load(Ordering::SeqCst) == 1).then_some(())
    })
    .await
    .unwrap();
    window.close().await.unwrap();
}
