//! The weather between a kiosk and the platform, and what it does to one question. Drawn, never decided elsewhere.

use crate::chance::Chance;
use std::time::Duration;

/// How the line is for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sky {
    /// Everything passes, quickly.
    Clear,
    /// Nothing passes.
    Dead,
    /// A login page answers.
    Captive,
    /// The certificate does not hold.
    Tls,
    /// The platform answers everything with a fault, probes too.
    Ill,
    /// Probes are good and most of the work fails.
    WorkFails,
    /// The platform asks for patience.
    Busy,
    /// Everything passes after long.
    Slow,
    /// A cache answers half of the downloads with something else.
    Stale,
    /// Anything can happen.
    Rough,
}

impl Sky {
    /// Skies under which the platform cannot be reached at all.
    pub const OUTAGES: [Self; 4] = [Self::Dead, Self::Captive, Self::Tls, Self::Ill];

    /// The next sky. Rough ones come most often.
    pub fn draw(chance: &mut Chance) -> Self {
        match chance.within(0..=12) {
            0 | 1 => Self::Clear,
            2 => Self::Dead,
            3 => Self::Captive,
            4 => Self::Tls,
            5 => Self::Ill,
            6 => Self::WorkFails,
            7 => Self::Busy,
            8 => Self::Slow,
            9 => Self::Stale,
            _ => Self::Rough,
        }
    }
}

/// What happens to one question. *Done* means that the platform did what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Done and answered.
    Passes,
    /// Done and answered after long, perhaps too long.
    Slow,
    /// No connection.
    Refused,
    /// Lost on the way there: no answer in time.
    RequestLost,
    /// Broke off on the way there.
    RequestCut,
    /// Done, and the answer is lost.
    AnswerLost,
    /// Done, and the answer breaks off.
    AnswerCut,
    /// Done twice, the second time after so many milliseconds: behind whatever was asked in between.
    Doubled(u64),
    /// A login page.
    Captive,
    /// A redirect, which is not followed.
    Redirected,
    /// The certificate does not hold.
    Tls,
    /// 5xx before anything was done.
    Fault,
    /// 5xx of a gateway, after all was done.
    FaultAfter,
    /// 503 with `Retry-After`.
    FaultWait(u64),
    /// 429 with `Retry-After`.
    TooMany(u64),
    /// 429 without.
    TooManySilent,
    /// 4xx of a gateway.
    Refusal(u16),
    /// 401.
    Unauthorized,
    /// 426.
    Upgrade,
    /// A good answer to something else.
    WrongBody,
}

impl Fate {
    /// The name under which it is counted.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passes => "passed",
            Self::Slow => "slow",
            Self::Refused => "no connection",
            Self::RequestLost => "request lost",
            Self::RequestCut => "request cut",
            Self::AnswerLost => "answer lost",
            Self::AnswerCut => "answer cut",
            Self::Doubled(_) => "doubled and reordered",
            Self::Captive => "captive page",
            Self::Redirected => "redirect",
            Self::Tls => "TLS failure",
            Self::Fault => "5xx",
            Self::FaultAfter => "5xx after the work",
            Self::FaultWait(_) => "5xx with Retry-After",
            Self::TooMany(_) => "429 with Retry-After",
            Self::TooManySilent => "429",
            Self::Refusal(_) => "4xx",
            Self::Unauthorized => "401",
            Self::Upgrade => "426",
            Self::WrongBody => "wrong body",
        }
    }

    /// Every kind that is a fault, for whoever asks whether all of them occurred.
    pub const FAULTS: [&'static str; 19] = [
        Self::Slow.name(),
        Self::Refused.name(),
        Self::RequestLost.name(),
        Self::RequestCut.name(),
        Self::AnswerLost.name(),
        Self::AnswerCut.name(),
        Self::Doubled(0).name(),
        Self::Captive.name(),
        Self::Redirected.name(),
        Self::Tls.name(),
        Self::Fault.name(),
        Self::FaultAfter.name(),
        Self::FaultWait(0).name(),
        Self::TooMany(0).name(),
        Self::TooManySilent.name(),
        Self::Refusal(0).name(),
        Self::Unauthorized.name(),
        Self::Upgrade.name(),
        Self::WrongBody.name(),
    ];

    /// What a sky does to a question.
    pub fn draw(sky: Sky, what: &str, chance: &mut Chance) -> Self {
        let probe = what == "probe";
        let download = ["checkpoint", "snapshot", "delta", "picture"].contains(&what);
        match sky {
            Sky::Dead => chance.pick(&[Self::Refused, Self::RequestLost]),
            Sky::Captive => chance.pick(&[Self::Captive, Self::Redirected]),
            Sky::Tls => Self::Tls,
            Sky::Ill => Self::Fault,
            Sky::WorkFails if probe || chance.one_in(4) => Self::Passes,
            Sky::WorkFails => Self::of_work(chance),
            Sky::Busy if probe && chance.one_in(2) => Self::Passes,
            Sky::Busy => {
                let wish = wish(chance);
                chance.pick(&[Self::TooMany(wish), Self::TooManySilent, Self::FaultWait(wish)])
            }
            Sky::Slow => Self::Slow,
            Sky::Stale if download && chance.one_in(2) => Self::WrongBody,
            Sky::Clear | Sky::Stale => Self::Passes,
            Sky::Rough => match chance.within(0..=9) {
                0..=3 => Self::Passes,
                4..=6 => Self::of_line(chance),
                _ => Self::of_work(chance),
            },
        }
    }

    fn of_line(chance: &mut Chance) -> Self {
        let late = chance.within(5..=40_000);
        chance.pick(&[
            Self::Slow,
            Self::Refused,
            Self::RequestLost,
            Self::RequestCut,
            Self::AnswerLost,
            Self::AnswerLost,
            Self::AnswerCut,
            Self::Doubled(late),
            Self::Doubled(late),
            Self::Captive,
            Self::Tls,
        ])
    }

    fn of_work(chance: &mut Chance) -> Self {
        let status = chance.pick(&[400, 404, 405, 409, 413, 415, 422]);
        match chance.within(0..=11) {
            0 | 1 => Self::Fault,
            2 => Self::FaultAfter,
            3 => Self::FaultWait(wish(chance)),
            4 => Self::TooMany(wish(chance)),
            5..=7 => Self::Refusal(status),
            8 => chance.pick(&[Self::Unauthorized, Self::Upgrade, Self::TooManySilent]),
            _ => Self::WrongBody,
        }
    }
}

/// Seconds of a `Retry-After`: mostly short, now and then longer than any kiosk believes.
fn wish(chance: &mut Chance) -> u64 {
    if chance.one_in(400) {
        chance.within(600..=100_000)
    } else {
        chance.within(0..=45)
    }
}

/// How long a question is on its way, both directions. Probes of one kiosk overlap at round times; their last digits
/// differ, so that two never end in the same millisecond, where chance outside the seed would decide.
pub fn latency(range: std::ops::RangeInclusive<u64>, number: u64, chance: &mut Chance) -> Duration {
    Duration::from_millis(chance.within(range) / 10 * 10 + 1 + number % 3)
}
