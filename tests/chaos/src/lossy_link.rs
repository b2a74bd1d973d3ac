//! A slow and lossy link with real packets: the kiosk runs in its own network namespace, behind a second namespace that
//! limits the rate and drops packets. Dropping the link removes both.

use acceptance::Failure;
use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, id};

/// Bits per second, in each direction.
const RATE: &str = "1mbit";
/// Fraction of packets lost, in each direction.
const LOSS: &str = "0.05";
/// Length of the router's queue. Packets that do not fit are lost too.
const QUEUE_LATENCY: &str = "200ms";

/// The link.
pub struct LossyLink {
    kiosk: String,
    router: String,
    /// Address of this machine on the link.
    pub local_address: IpAddr,
}

impl LossyLink {
    /// Sets up the link. Needs root.
    pub fn new() -> Result<Self, Failure> {
        let number = id();
        let link = Self {
            kiosk: format!("chaos-kiosk-{number}"),
            router: format!("chaos-router-{number}"),
            local_address: IpAddr::V4(Ipv4Addr::new(10, 97, 1, 1)),
        };
        let (kiosk, router, outside) = (&link.kiosk, &link.router, format!("chaos{number}"));
        for space in [kiosk, router] {
            run(&format!("ip netns add {space}"))?;
            run(&format!("ip -n {space} link set lo up"))?;
        }
        run(&format!(
            "ip link add {outside} type veth peer name outer netns {router}"
        ))?;
        run(&format!(
            "ip -n {router} link add inner type veth peer name wire netns {kiosk}"
        ))?;
        run(&format!("ip addr add 10.97.1.1/24 dev {outside}"))?;
        run(&format!("ip -n {router} addr add 10.97.1.2/24 dev outer"))?;
        run(&format!("ip -n {router} addr add 10.97.2.1/24 dev inner"))?;
        run(&format!("ip -n {kiosk} addr add 10.97.2.2/24 dev wire"))?;
        // Without this limit the kernel handles several packets as one large packet and loses them together.
        run(&format!("ip link set {outside} gso_max_segs 1 up"))?;
        run(&format!("ip -n {router} link set outer gso_max_segs 1 up"))?;
        run(&format!("ip -n {router} link set inner gso_max_segs 1 up"))?;
        run(&format!("ip -n {kiosk} link set wire gso_max_segs 1 up"))?;
        run(&format!("ip -n {kiosk} route add default via 10.97.2.1"))?;
        run("ip route add 10.97.2.0/24 via 10.97.1.2")?;
        run(&format!(
            "ip netns exec {router} sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'"
        ))?;
        for device in ["inner", "outer"] {
            let shape = format!("root tbf rate {RATE} burst 3000 latency {QUEUE_LATENCY}");
            run(&format!("tc -n {router} qdisc add dev {device} {shape}"))?;
            let drop = format!("-o {device} -m statistic --mode random --probability {LOSS} -j DROP");
            run(&format!("ip netns exec {router} iptables -A FORWARD {drop}"))?;
        }
        Ok(link)
    }

    /// The kernel's counters of forwarded and dropped packets.
    pub fn packet_counters(&self) -> Result<String, Failure> {
        run(&format!("ip netns exec {} iptables -nvxL FORWARD", self.router))
    }

    /// A command that runs a program at the kiosk's end of the link.
    pub fn command(&self, program: &std::path::Path) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.kiosk]).arg(program);
        command
    }
}

impl Drop for LossyLink {
    fn drop(&mut self) {
        for space in [&self.kiosk, &self.router] {
            // A namespace may be missing if the setup failed.
            run(&format!("ip netns del {space}")).ok();
        }
    }
}

fn run(command_line: &str) -> Result<String, Failure> {
    let output = Command::new("sh").args(["-c", command_line]).output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let error = String::from_utf8_lossy(&output.stderr);
        Err(format!("{command_line}: {} (is this root?)", error.trim()).into())
    }
}
