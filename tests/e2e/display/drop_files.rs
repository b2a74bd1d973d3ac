//! Drops files onto a window, by the XDND protocol, as a file manager does.

use super::{Display, Point, TopWindow};
use crate::Failure;
use std::thread;
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ConnectionExt, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT, SelectionNotifyEvent,
    SelectionRequestEvent, Window, WindowClass,
};
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_FROM_PARENT, CURRENT_TIME};

/// Version of the protocol that is used.
const XDND_VERSION: u32 = 5;
/// How long the window may take to answer each message. A window that refuses a drop may ignore it.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(2);
/// Interval between two looks at the answers.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

impl Display {
    /// Drags a file over a window and drops it there. Returns whether the window accepted it.
    pub fn drop_file(&self, window: TopWindow, point: Point, url: &str) -> Result<bool, Failure> {
        let source = self.connection.generate_id()?;
        self.connection.create_window(
            COPY_FROM_PARENT as u8,
            source,
            self.root,
            -10,
            -10,
            1,
            1,
            0,
            WindowClass::INPUT_ONLY,
            COPY_FROM_PARENT,
            &CreateWindowAux::new(),
        )?;
        let dropped = self.drop_from(source, window.id, point, url);
        self.connection.destroy_window(source)?;
        self.sync()?;
        dropped
    }

    fn drop_from(&self, source: Window, target: Window, point: Point, url: &str) -> Result<bool, Failure> {
        let uri_list = self.atom("text/uri-list")?;
        let copy = self.atom("XdndActionCopy")?;
        let selection = self.atom("XdndSelection")?;
        self.connection
            .set_selection_owner(source, selection, CURRENT_TIME)?;
        let send =
            |name: &str, data: [u32; 5]| self.send_message(target, target, EventMask::NO_EVENT, name, data);
        let at = u32::from(point.x as u16) << 16 | u32::from(point.y as u16);
        send("XdndEnter", [source, XDND_VERSION << 24, uri_list, 0, 0])?;
        send("XdndPosition", [source, 0, at, CURRENT_TIME, copy])?;
        let accepted = self.serve_until(source, "XdndStatus", url)? == Some(true);
        if accepted {
            send("XdndDrop", [source, 0, CURRENT_TIME, 0, 0])?;
            self.serve_until(source, "XdndFinished", url)?;
        } else {
            send("XdndLeave", [source, 0, 0, 0, 0])?;
        }
        Ok(accepted)
    }

    /// Hands out the file's URL until the window sends the message `name`, or until [`ANSWER_TIMEOUT`]. Returns whether
    /// the message accepts.
    fn serve_until(&self, source: Window, name: &str, url: &str) -> Result<Option<bool>, Failure> {
        let awaited = self.atom(name)?;
        let start = Instant::now();
        while start.elapsed() < ANSWER_TIMEOUT {
            match self.connection.poll_for_event()? {
                Some(Event::ClientMessage(message)) if message.type_ == awaited => {
                    return Ok(Some(message.data.as_data32()[1] & 1 == 1));
                }
                Some(Event::SelectionRequest(request)) if request.owner == source => {
                    self.hand_out(&request, url)?;
                }
                Some(_) => {}
                None => thread::sleep(POLL_INTERVAL),
            }
        }
        Ok(None)
    }

    fn hand_out(&self, request: &SelectionRequestEvent, url: &str) -> Result<(), Failure> {
        self.connection.change_property8(
            PropMode::REPLACE,
            request.requestor,
            request.property,
            request.target,
            format!("{url}\r\n").as_bytes(),
        )?;
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: request.property,
        };
        self.connection
            .send_event(false, request.requestor, EventMask::NO_EVENT, answer)?;
        self.sync()
    }
}
