//! Counts the open connections of each address, so that no address takes all of them. Must not know: HTTP.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// The open connections of each address.
#[derive(Clone)]
pub struct Seats {
    per_address: usize,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One open connection. Dropping it makes room for another.
pub struct Seat {
    address: IpAddr,
    seats: Seats,
}

impl Seats {
    /// Allows a number of connections for each address.
    pub fn new(per_address: usize) -> Self {
        Self {
            per_address,
            taken: Arc::default(),
        }
    }

    /// Takes a seat; `None` if the address has none left.
    pub fn take(&self, address: IpAddr) -> Option<Seat> {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = all.entry(address).or_default();
        if *taken >= self.per_address {
            return None;
        }
        *taken += 1;
        drop(all);
        Some(Seat {
            address,
            seats: self.clone(),
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut all = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = all.get_mut(&self.address) {
            *taken -= 1;
            if *taken == 0 {
                all.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_gets_a_seat_back_when_one_is_left() {
        let seats = Seats::new(2);
        let (busy, calm) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let first = seats.take(busy);
        let second = seats.take(busy);
        assert!(first.is_some() && second.is_some());
        assert!(seats.take(busy).is_none());
        assert!(seats.take(calm).is_some());
        drop(first);
        assert!(seats.take(busy).is_some());
        drop(second);
        assert!(seats.taken.lock().unwrap().is_empty());
    }
}
