//! The catalogue: signed, whole, with its pictures, and changes that lead to it.

use super::{Check, Seen, Visit, checks};
use crate::api::{Answer, Fault};
use crate::demand;
use protocol::{
    Checkpoint, DELTA_MARGIN_BYTES, MAX_SNAPSHOT_BYTES, SignedCheckpoint, delta, sha256_hex, snapshot,
};
use reqwest::Method;
use std::io::Read;
use vault::signature::PublicKey;

pub const CHECKS: &[Check] = checks![
    "the checkpoint holds the enrolled publisher's signature, or there is none and that is 204" => signed,
    "the snapshot is what the checkpoint says: length, hash, checksum, rows, references" => whole_snapshot,
    "every picture of the catalogue is there, as image/webp of its hash" => pictures,
    "a broken download goes on: Range, If-Range, ETag, 206 and 416" => resumed,
    "versions and pictures that are not there are 404 not_found" => not_there,
    "changes from an older version lead to exactly the newest one" => changes,
    "changes that were never made are 404 no_delta" => no_changes,
];

const NOTHING: &str = "nothing is published here: publish a catalogue first";
/// Pictures looked at, spread over the catalogue.
const SAMPLE: usize = 24;

fn open(visit: &Visit, signed: &SignedCheckpoint) -> Result<Checkpoint, Fault> {
    let key: PublicKey = visit
        .enrolled
        .publisher_key
        .parse()
        .map_err(|_| Fault("publisher_key is no minisign public key".to_owned()))?;
    key.verify(signed.checkpoint.as_bytes(), &signed.signature)
        .map_err(|e| Fault(format!("the signature does not hold: {e}")))?;
    serde_json::from_str(&signed.checkpoint)
        .map_err(|e| Fault(format!("the checkpoint is no checkpoint: {e}")))
}

async fn unpacked(visit: &Visit, version: u64) -> Result<String, Fault> {
    let bytes = visit
        .kiosk
        .file(&format!("/v1/catalogue/{version}/snapshot"))
        .await?;
    let fault = |e: std::io::Error| Fault(format!("snapshot {version} does not unpack: {e}"));
    let mut text = String::new();
    let decoder = zstd::Decoder::new(bytes.as_slice()).map_err(fault)?;
    decoder
        .take(MAX_SNAPSHOT_BYTES)
        .read_to_string(&mut text)
        .map_err(fault)?;
    Ok(text)
}

async fn signed(visit: &Visit) -> Seen {
    let Some(signed) = &visit.published else {
        return Ok(Some(NOTHING));
    };
    let checkpoint = open(visit, signed)?;
    demand!(checkpoint.format == 1, "format {}", checkpoint.format);
    Ok(None)
}

async fn whole_snapshot(visit: &Visit) -> Seen {
    let Some(signed) = &visit.published else {
        return Ok(Some(NOTHING));
    };
    let checkpoint = open(visit, signed)?;
    let path = format!("/v1/catalogue/{}/snapshot", checkpoint.version);
    let answer = visit.kiosk.get(&path).await?;
    demand!(answer.status == 200, "status {}", answer.status);
    let kind = answer.header("content-type");
    demand!(kind == "application/zstd", "it came as {kind:?}");
    demand!(
        answer.body.len() as u64 == checkpoint.snapshot_bytes,
        "another length than snapshot_bytes"
    );
    demand!(
        sha256_hex(&answer.body) == checkpoint.snapshot_sha256,
        "another hash than snapshot_sha256"
    );
    let text = unpacked(visit, checkpoint.version).await?;
    demand!(
        text.len() as u64 == checkpoint.snapshot_plain_bytes,
        "another length than snapshot_plain_bytes"
    );
    demand!(
        snapshot::content_sha256(&text) == checkpoint.content_sha256,
        "another checksum than content_sha256"
    );
    let catalogue = snapshot::read(&text).map_err(|e| Fault(e.to_string()))?;
    demand!(
        snapshot::counts(&catalogue) == checkpoint.rows,
        "other numbers of rows than told"
    );
    let files = snapshot::picture_files(&catalogue);
    demand!(
        files.len() as u64 == checkpoint.pictures,
        "another number of pictures than told"
    );
    Ok(None)
}

/// Pictures of the newest version: hash and length.
async fn files(visit: &Visit) -> Result<Option<Vec<(String, u64)>>, Fault> {
    let Some(signed) = &visit.published else {
        return Ok(None);
    };
    let checkpoint = open(visit, signed)?;
    let catalogue =
        snapshot::read(&unpacked(visit, checkpoint.version).await?).map_err(|e| Fault(e.to_string()))?;
    Ok(Some(snapshot::picture_files(&catalogue).into_iter().collect()))
}

async fn pictures(visit: &Visit) -> Seen {
    let Some(files) = files(visit).await? else {
        return Ok(Some(NOTHING));
    };
    let step = files.len().div_ceil(SAMPLE).max(1);
    for (sha256, bytes) in files.into_iter().step_by(step) {
        let answer = visit.kiosk.get(&format!("/v1/pictures/{sha256}")).await?;
        demand!(answer.status == 200, "a picture is {}", answer.status);
        let kind = answer.header("content-type");
        demand!(kind == "image/webp", "a picture came as {kind:?}");
        demand!(
            answer.body.len() as u64 == bytes,
            "a picture has another length than told"
        );
        demand!(
            sha256_hex(&answer.body) == sha256,
            "a picture has another hash than its name"
        );
        let tag = answer.header("etag");
        demand!(
            tag == format!("\"{sha256}\""),
            "its ETag is {tag:?}, not its hash in quotation marks"
        );
    }
    Ok(None)
}

async fn resumed(visit: &Visit) -> Seen {
    let first = files(visit)
        .await?
        .and_then(|files| files.into_iter().find(|(_, bytes)| *bytes > 2));
    let Some((sha256, length)) = first else {
        return Ok(Some(NOTHING));
    };
    let path = format!("/v1/pictures/{sha256}");
    let whole = visit.kiosk.file(&path).await?;
    let middle = length / 2;
    let (tag, rest) = (format!("\"{sha256}\""), format!("bytes={middle}-"));
    let ask = async |headers: &[(&str, &str)]| visit.kiosk.ask(Method::GET, &path, headers, None).await;
    let is_rest = |answer: &Answer| {
        let told = format!("bytes {middle}-{}/{length}", length - 1);
        demand!(answer.status == 206, "a part is {}", answer.status);
        demand!(
            answer.header("content-range") == told,
            "Content-Range is not {told:?}"
        );
        demand!(answer.body == whole[middle as usize..], "another part was sent");
        Ok(())
    };
    is_rest(&ask(&[("range", &rest)]).await?)?;
    is_rest(&ask(&[("range", &rest), ("if-range", &tag)]).await?)?;
    let other = ask(&[("range", &rest), ("if-range", "\"another\"")]).await?;
    demand!(
        other.status == 200 && other.body == whole,
        "a part of another file is {} instead of the whole",
        other.status
    );
    let beyond = ask(&[("range", &format!("bytes={length}-"))]).await?;
    beyond.refused(416, "range")?;
    let whole_again = ask(&[("range", "bytes=0-")]).await?;
    demand!(whole_again.body == whole, "bytes=0- is not the whole");
    Ok(None)
}

async fn not_there(visit: &Visit) -> Seen {
    for path in [
        "/v1/catalogue/0/snapshot",
        "/v1/catalogue/18446744073709551615/snapshot",
        "/v1/catalogue/x/snapshot",
        "/v1/catalogue/-1/snapshot",
        "/v1/pictures/00",
        "/v1/pictures/..%2F..%2Fetc%2Fpasswd",
        "/v1/pictures/%00",
    ] {
        let answer = visit.kiosk.get(path).await?;
        answer
            .refused(404, "not_found")
            .map_err(|e| Fault(format!("{path}: {e}")))?;
    }
    Ok(None)
}

async fn changes(visit: &Visit) -> Seen {
    let (Some(signed), Some(from)) = (&visit.published, visit.options.from_version) else {
        return Ok(Some(
            "publish two versions and name the older one with --from-version",
        ));
    };
    let checkpoint = open(visit, signed)?;
    let to = checkpoint.version;
    demand!(from < to, "version {from} is not older than {to}");
    let old_text = unpacked(visit, from).await?;
    let old = snapshot::read(&old_text).map_err(|e| Fault(e.to_string()))?;
    let answer = visit
        .kiosk
        .get(&format!("/v1/catalogue/{to}/delta?from={from}"))
        .await?;
    demand!(answer.status == 200, "status {}", answer.status);
    let kind = answer.header("content-type");
    demand!(kind == "application/zstd", "it came as {kind:?}");
    let most = checkpoint.snapshot_plain_bytes + DELTA_MARGIN_BYTES;
    let fault = |e: protocol::DeltaError| Fault(e.to_string());
    let header = delta::header(&answer.body, most).map_err(fault)?;
    demand!(
        (header.from, header.to) == (from, to),
        "it leads from {} to {}",
        header.from,
        header.to
    );
    let new = delta::apply(&old, &answer.body, most).map_err(fault)?;
    let new = snapshot::write(&new).map_err(|e| Fault(e.to_string()))?;
    demand!(
        snapshot::content_sha256(&new) == checkpoint.content_sha256,
        "it leads to another catalogue than the signed one"
    );
    demand!(
        new == unpacked(visit, to).await?,
        "it leads to the same rows in another order"
    );
    Ok(None)
}

async fn no_changes(visit: &Visit) -> Seen {
    let newest = match &visit.published {
        Some(signed) => open(visit, signed)?.version,
        None => 1,
    };
    for (to, from) in [
        (newest, newest),
        (newest, newest + 1),
        (newest, 0),
        (newest + 1, newest),
        (0, 0),
    ] {
        let answer = visit
            .kiosk
            .get(&format!("/v1/catalogue/{to}/delta?from={from}"))
            .await?;
        answer
            .refused(404, "no_delta")
            .map_err(|e| Fault(format!("from {from} to {to}: {e}")))?;
    }
    for query in ["", "?from=", "?from=x", "?from=-1"] {
        let answer = visit
            .kiosk
            .get(&format!("/v1/catalogue/{newest}/delta{query}"))
            .await?;
        answer
            .refused(400, "malformed")
            .map_err(|e| Fault(format!("{query:?}: {e}")))?;
    }
    Ok(None)
}
