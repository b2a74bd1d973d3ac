//! The catalogue: checkpoint, snapshot, pictures and deltas.

use super::{Check, CheckResult, Context, checks};
use crate::api::{Answer, CheckError};
use crate::ensure;
use expo_protocol::{
    CHECKPOINT_FORMAT, Checkpoint, DELTA_MARGIN_BYTES, MAX_SNAPSHOT_BYTES, SignedCheckpoint, delta,
    sha256_hex, snapshot,
};
use expo_vault::signature::PublicKey;
use reqwest::Method;
use std::io::Read;

pub const CHECKS: &[Check] = checks![
    "the checkpoint is signed by the publisher key from the enrolment, or is 204 if nothing is published" => signed,
    "the snapshot matches the checkpoint: length, hash, checksum, rows, references" => complete_snapshot,
    "every picture of the catalogue is served as image/webp and matches its hash" => pictures,
    "a broken download can be resumed: Range, If-Range, ETag, 206 and 416" => resumed,
    "unknown versions and pictures are 404 not_found" => unknown_files,
    "a delta from an older version gives exactly the newest one" => delta_from_older_version,
    "deltas that do not exist are 404 no_delta" => unknown_deltas,
];

const NOTHING_PUBLISHED: &str = "nothing is published; publish a catalogue first";
/// Number of pictures checked, spread over the catalogue.
const PICTURE_SAMPLE: usize = 24;

/// Verifies and parses a checkpoint.
fn open(context: &Context, signed: &SignedCheckpoint) -> Result<Checkpoint, CheckError> {
    let key: PublicKey = context
        .enrolment
        .publisher_key
        .parse()
        .map_err(|_| CheckError("publisher_key is not a minisign public key".to_owned()))?;
    key.verify(signed.checkpoint.as_bytes(), &signed.signature)
        .map_err(|e| CheckError(format!("the signature is invalid: {e}")))?;
    serde_json::from_str(&signed.checkpoint)
        .map_err(|e| CheckError(format!("the checkpoint cannot be parsed: {e}")))
}

/// The decompressed text of a snapshot.
async fn snapshot_text(context: &Context, version: u64) -> Result<String, CheckError> {
    let bytes = context
        .kiosk
        .file(&format!("/v1/catalogue/{version}/snapshot"))
        .await?;
    let fault = |e: std::io::Error| CheckError(format!("snapshot {version} cannot be decompressed: {e}"));
    let mut text = String::new();
    let decoder = zstd::Decoder::new(bytes.as_slice()).map_err(fault)?;
    decoder
        .take(MAX_SNAPSHOT_BYTES)
        .read_to_string(&mut text)
        .map_err(fault)?;
    Ok(text)
}

async fn signed(context: &Context) -> CheckResult {
    let Some(signed) = &context.published else {
        return Ok(Some(NOTHING_PUBLISHED));
    };
    let checkpoint = open(context, signed)?;
    let format = checkpoint.format;
    let lowest = if checkpoint.rows.documents > 0 { 2 } else { 1 };
    ensure!((lowest..=CHECKPOINT_FORMAT).contains(&format), "format {format}");
    Ok(None)
}

async fn complete_snapshot(context: &Context) -> CheckResult {
    let Some(signed) = &context.published else {
        return Ok(Some(NOTHING_PUBLISHED));
    };
    let checkpoint = open(context, signed)?;
    let path = format!("/v1/catalogue/{}/snapshot", checkpoint.version);
    let answer = context.kiosk.get(&path).await?;
    ensure!(answer.status == 200, "status {}", answer.status);
    let kind = answer.header("content-type");
    ensure!(kind == "application/zstd", "the content type is {kind:?}");
    ensure!(
        answer.body.len() as u64 == checkpoint.snapshot_bytes,
        "the length differs from snapshot_bytes"
    );
    ensure!(
        sha256_hex(&answer.body) == checkpoint.snapshot_sha256,
        "the hash differs from snapshot_sha256"
    );
    let text = snapshot_text(context, checkpoint.version).await?;
    ensure!(
        text.len() as u64 == checkpoint.snapshot_plain_bytes,
        "the length differs from snapshot_plain_bytes"
    );
    ensure!(
        snapshot::content_sha256(&text) == checkpoint.content_sha256,
        "the checksum differs from content_sha256"
    );
    let catalogue = snapshot::read(&text).map_err(|e| CheckError(e.to_string()))?;
    ensure!(
        snapshot::row_counts(&catalogue) == checkpoint.rows,
        "the numbers of rows differ from the checkpoint"
    );
    let files = snapshot::picture_files(&catalogue);
    ensure!(
        files.len() as u64 == checkpoint.pictures,
        "the number of pictures differs from the checkpoint"
    );
    Ok(None)
}

/// Picture files of the newest version: hash and length in bytes.
async fn picture_files(context: &Context) -> Result<Option<Vec<(String, u64)>>, CheckError> {
    let Some(signed) = &context.published else {
        return Ok(None);
    };
    let checkpoint = open(context, signed)?;
    let catalogue = snapshot::read(&snapshot_text(context, checkpoint.version).await?)
        .map_err(|e| CheckError(e.to_string()))?;
    Ok(Some(snapshot::picture_files(&catalogue).into_iter().collect()))
}

async fn pictures(context: &Context) -> CheckResult {
    let Some(files) = picture_files(context).await? else {
        return Ok(Some(NOTHING_PUBLISHED));
    };
    let step = files.len().div_ceil(PICTURE_SAMPLE).max(1);
    for (sha256, bytes) in files.into_iter().step_by(step) {
        let answer = context.kiosk.get(&format!("/v1/pictures/{sha256}")).await?;
        ensure!(answer.status == 200, "a picture gets status {}", answer.status);
        let kind = answer.header("content-type");
        ensure!(kind == "image/webp", "a picture has the content type {kind:?}");
        ensure!(
            answer.body.len() as u64 == bytes,
            "the length of a picture differs from the catalogue"
        );
        ensure!(
            sha256_hex(&answer.body) == sha256,
            "the hash of a picture differs from its name"
        );
        let tag = answer.header("etag");
        ensure!(
            tag == format!("\"{sha256}\""),
            "the ETag of a picture is {tag:?}, not its hash in quotation marks"
        );
    }
    Ok(None)
}

async fn resumed(context: &Context) -> CheckResult {
    let first = picture_files(context)
        .await?
        .and_then(|files| files.into_iter().find(|(_, bytes)| *bytes > 2));
    let Some((sha256, length)) = first else {
        return Ok(Some(NOTHING_PUBLISHED));
    };
    let path = format!("/v1/pictures/{sha256}");
    let complete = context.kiosk.file(&path).await?;
    let middle = length / 2;
    let (tag, rest) = (format!("\"{sha256}\""), format!("bytes={middle}-"));
    let request =
        async |headers: &[(&str, &str)]| context.kiosk.request(Method::GET, &path, headers, None).await;
    let is_rest = |answer: &Answer| {
        let expected = format!("bytes {middle}-{}/{length}", length - 1);
        ensure!(
            answer.status == 206,
            "a range request gets status {}",
            answer.status
        );
        ensure!(
            answer.header("content-range") == expected,
            "Content-Range is not {expected:?}"
        );
        ensure!(
            answer.body == complete[middle as usize..],
            "the range has wrong bytes"
        );
        Ok(())
    };
    is_rest(&request(&[("range", &rest)]).await?)?;
    is_rest(&request(&[("range", &rest), ("if-range", &tag)]).await?)?;
    let other = request(&[("range", &rest), ("if-range", "\"another\"")]).await?;
    ensure!(
        other.status == 200 && other.body == complete,
        "a range with a different If-Range gets status {} instead of the complete file",
        other.status
    );
    let beyond = request(&[("range", &format!("bytes={length}-"))]).await?;
    beyond.expect_problem(416, "range")?;
    let from_start = request(&[("range", "bytes=0-")]).await?;
    ensure!(from_start.body == complete, "bytes=0- is not the complete file");
    Ok(None)
}

async fn unknown_files(context: &Context) -> CheckResult {
    for path in [
        "/v1/catalogue/0/snapshot",
        "/v1/catalogue/18446744073709551615/snapshot",
        "/v1/catalogue/x/snapshot",
        "/v1/catalogue/-1/snapshot",
        "/v1/pictures/00",
        "/v1/pictures/..%2F..%2Fetc%2Fpasswd",
        "/v1/pictures/%00",
    ] {
        let answer = context.kiosk.get(path).await?;
        answer
            .expect_problem(404, "not_found")
            .map_err(|e| CheckError(format!("{path}: {e}")))?;
    }
    Ok(None)
}

async fn delta_from_older_version(context: &Context) -> CheckResult {
    let (Some(signed), Some(from)) = (&context.published, context.options.from_version) else {
        return Ok(Some(
            "publish two versions and give the older one with --from-version",
        ));
    };
    let checkpoint = open(context, signed)?;
    let to = checkpoint.version;
    ensure!(from < to, "version {from} is not older than {to}");
    let old_text = snapshot_text(context, from).await?;
    let old = snapshot::read(&old_text).map_err(|e| CheckError(e.to_string()))?;
    let answer = context
        .kiosk
        .get(&format!("/v1/catalogue/{to}/delta?from={from}"))
        .await?;
    ensure!(answer.status == 200, "status {}", answer.status);
    let kind = answer.header("content-type");
    ensure!(kind == "application/zstd", "the content type is {kind:?}");
    let max_bytes = checkpoint.snapshot_plain_bytes + DELTA_MARGIN_BYTES;
    let fault = |e: expo_protocol::DeltaError| CheckError(e.to_string());
    let header = delta::header(&answer.body, max_bytes).map_err(fault)?;
    ensure!(
        (header.from, header.to) == (from, to),
        "its header says from {} to {}",
        header.from,
        header.to
    );
    let new = delta::apply(&old, &answer.body, max_bytes).map_err(fault)?;
    let new = snapshot::write(&new).map_err(|e| CheckError(e.to_string()))?;
    ensure!(
        snapshot::content_sha256(&new) == checkpoint.content_sha256,
        "the result is not the signed catalogue"
    );
    ensure!(
        new == snapshot_text(context, to).await?,
        "the result has the rows in a different order"
    );
    Ok(None)
}

async fn unknown_deltas(context: &Context) -> CheckResult {
    let newest = match &context.published {
        Some(signed) => open(context, signed)?.version,
        None => 1,
    };
    for (to, from) in [
        (newest, newest),
        (newest, newest + 1),
        (newest, 0),
        (newest + 1, newest),
        (0, 0),
    ] {
        let answer = context
            .kiosk
            .get(&format!("/v1/catalogue/{to}/delta?from={from}"))
            .await?;
        answer
            .expect_problem(404, "no_delta")
            .map_err(|e| CheckError(format!("from {from} to {to}: {e}")))?;
    }
    for query in ["", "?from=", "?from=x", "?from=-1"] {
        let answer = context
            .kiosk
            .get(&format!("/v1/catalogue/{newest}/delta{query}"))
            .await?;
        answer
            .expect_problem(400, "malformed")
            .map_err(|e| CheckError(format!("{query:?}: {e}")))?;
    }
    Ok(None)
}
