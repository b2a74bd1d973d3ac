//! The windows of a virtual display: which are shown, and what a window manager or another program could ask of them.

use super::{Area, Display};
use crate::Failure;
use x11rb::CURRENT_TIME;
use x11rb::protocol::xproto::{
    CONFIGURE_NOTIFY_EVENT, ClientMessageEvent, ConfigureNotifyEvent, ConfigureWindowAux, ConnectionExt,
    EventMask, InputFocus, MapState, Window, WindowClass,
};

/// A visible window directly on the display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopWindow {
    /// Its identifier at the X server.
    pub id: Window,
    /// Its place.
    pub area: Area,
}

/// What a window manager or another program asks of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// Close, as Alt+F4 or a close button asks.
    Close,
    /// Move and resize.
    Place(Area),
    /// Disappear.
    Unmap,
    /// Become an icon.
    Iconify,
    /// No longer cover the whole display.
    LeaveFullScreen,
    /// Go below all other windows.
    Lower,
}

/// Value of `WM_CHANGE_STATE` for an icon.
const ICONIC_STATE: u32 = 3;
/// Values of `_NET_WM_STATE`: remove a state; the request comes from a pager.
const NET_WM_STATE_REMOVE: u32 = 0;
const NET_WM_SOURCE_PAGER: u32 = 2;

impl Display {
    /// The visible windows directly on the display, from bottom to top.
    pub fn windows_shown(&self) -> Result<Vec<TopWindow>, Failure> {
        let mut shown = Vec::new();
        for id in self.connection.query_tree(self.root)?.reply()?.children {
            // A window may disappear between two requests.
            let (Ok(attributes), Ok(geometry)) = (
                self.connection.get_window_attributes(id)?.reply(),
                self.connection.get_geometry(id)?.reply(),
            ) else {
                continue;
            };
            let area = Area {
                x: geometry.x,
                y: geometry.y,
                width: geometry.width,
                height: geometry.height,
            };
            let is_drawn = attributes.class == WindowClass::INPUT_OUTPUT;
            // GTK keeps helper windows outside of the display.
            if is_drawn && attributes.map_state == MapState::VIEWABLE && area.overlaps(self.area()) {
                shown.push(TopWindow { id, area });
            }
        }
        Ok(shown)
    }

    /// Gives a window the keyboard, as a window manager does.
    pub fn focus(&self, window: TopWindow) -> Result<(), Failure> {
        self.connection
            .set_input_focus(InputFocus::POINTER_ROOT, window.id, CURRENT_TIME)?;
        self.sync()
    }

    /// Sends a request about a window.
    pub fn request(&self, window: TopWindow, request: Request) -> Result<(), Failure> {
        let id = window.id;
        let to_window_manager = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        match request {
            Request::Close => {
                let data = [self.atom("WM_DELETE_WINDOW")?, CURRENT_TIME, 0, 0, 0];
                self.send_message(id, id, EventMask::NO_EVENT, "WM_PROTOCOLS", data)?;
            }
            Request::Place(area) => {
                let place = ConfigureWindowAux::new()
                    .x(i32::from(area.x))
                    .y(i32::from(area.y))
                    .width(u32::from(area.width))
                    .height(u32::from(area.height));
                self.connection.configure_window(id, &place)?;
            }
            Request::Unmap => {
                self.connection.unmap_window(id)?;
            }
            Request::Iconify => {
                let data = [ICONIC_STATE, 0, 0, 0, 0];
                self.send_message(self.root, id, to_window_manager, "WM_CHANGE_STATE", data)?;
            }
            Request::LeaveFullScreen => {
                let state = self.atom("_NET_WM_STATE_FULLSCREEN")?;
                let data = [NET_WM_STATE_REMOVE, state, 0, NET_WM_SOURCE_PAGER, 0];
                self.send_message(self.root, id, to_window_manager, "_NET_WM_STATE", data)?;
            }
            Request::Lower => {
                let below = ConfigureWindowAux::new().stack_mode(x11rb::protocol::xproto::StackMode::BELOW);
                self.connection.configure_window(id, &below)?;
            }
        }
        self.sync()
    }

    /// Tells a window its place, as a window manager does after every request of the window. GTK draws no frame between
    /// such a request and the answer. Without a window manager, the X server gives no answer if nothing changed.
    pub fn confirm_place(&self, window: TopWindow) -> Result<(), Failure> {
        let event = ConfigureNotifyEvent {
            response_type: CONFIGURE_NOTIFY_EVENT,
            sequence: 0,
            event: window.id,
            window: window.id,
            above_sibling: x11rb::NONE,
            x: window.area.x,
            y: window.area.y,
            width: window.area.width,
            height: window.area.height,
            border_width: 0,
            override_redirect: false,
        };
        self.connection
            .send_event(false, window.id, EventMask::STRUCTURE_NOTIFY, event)?;
        self.sync()
    }

    pub(super) fn send_message(
        &self,
        destination: Window,
        about: Window,
        mask: EventMask,
        name: &str,
        data: [u32; 5],
    ) -> Result<(), Failure> {
        let message = ClientMessageEvent::new(32, about, self.atom(name)?, data);
        self.connection.send_event(false, destination, mask, message)?;
        self.sync()
    }
}
