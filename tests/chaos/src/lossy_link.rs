//! A thin and lossy link of real packets: the kiosk in a network namespace of its own, behind another that forwards,
//! slowly, and drops. Everything is gone with it.

use acceptance::Failure;
use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, id};

/// Bits a second, each way.
const RATE: &str = "1mbit";
/// Of each way's packets, so many are lost.
const LOSS: &str = "0.05";
/// What a router keeps while the link is busy; what comes on top is lost too.
const QUEUE: &str = "200ms";

/// The link.
pub struct Link {
    kiosk: String,
    hall: String,
    /// This machine's end of it.
    pub here: IpAddr,
}

impl Link {
    /// Lays it.
    pub fn new() -> Result<Self, Failure> {
        let number = id();
        let link = Self {
            kiosk: format!("chaos-kiosk-{number}"),
            hall: format!("chaos-hall-{number}"),
            here: IpAddr::V4(Ipv4Addr::new(10, 97, 1, 1)),
        };
        let (kiosk, hall, outside) = (&link.kiosk, &link.hall, format!("chaos{number}"));
        for space in [kiosk, hall] {
            run(&format!("ip netns add {space}"))?;
            run(&format!("ip -n {space} link set lo up"))?;
        }
        run(&format!(
            "ip link add {outside} type veth peer name outer netns {hall}"
        ))?;
        run(&format!(
            "ip -n {hall} link add inner type veth peer name wire netns {kiosk}"
        ))?;
        run(&format!("ip addr add 10.97.1.1/24 dev {outside}"))?;
        run(&format!("ip -n {hall} addr add 10.97.1.2/24 dev outer"))?;
        run(&format!("ip -n {hall} addr add 10.97.2.1/24 dev inner"))?;
        run(&format!("ip -n {kiosk} addr add 10.97.2.2/24 dev wire"))?;
        // One packet is one packet: large ones cut up only at the end would be lost as one.
        run(&format!("ip link set {outside} gso_max_segs 1 up"))?;
        run(&format!("ip -n {hall} link set outer gso_max_segs 1 up"))?;
        run(&format!("ip -n {hall} link set inner gso_max_segs 1 up"))?;
        run(&format!("ip -n {kiosk} link set wire gso_max_segs 1 up"))?;
        run(&format!("ip -n {kiosk} route add default via 10.97.2.1"))?;
        run("ip route add 10.97.2.0/24 via 10.97.1.2")?;
        run(&format!(
            "ip netns exec {hall} sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'"
        ))?;
        for way in ["inner", "outer"] {
            let shape = format!("root tbf rate {RATE} burst 3000 latency {QUEUE}");
            run(&format!("tc -n {hall} qdisc add dev {way} {shape}"))?;
            let drop = format!("-o {way} -m statistic --mode random --probability {LOSS} -j DROP");
            run(&format!("ip netns exec {hall} iptables -A FORWARD {drop}"))?;
        }
        Ok(link)
    }

    /// What is lost and forwarded so far, as the kernel counts it.
    pub fn figures(&self) -> Result<String, Failure> {
        run(&format!("ip netns exec {} iptables -nvxL FORWARD", self.hall))
    }

    /// A program at the far end.
    pub fn there(&self, program: &std::path::Path) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.kiosk]).arg(program);
        command
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        for space in [&self.kiosk, &self.hall] {
            // What was never laid cannot be taken away.
            run(&format!("ip netns del {space}")).ok();
        }
    }
}

fn run(line: &str) -> Result<String, Failure> {
    let output = Command::new("sh").args(["-c", line]).output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let complaint = String::from_utf8_lossy(&output.stderr);
        Err(format!("{line}: {} (is this root?)", complaint.trim()).into())
    }
}
