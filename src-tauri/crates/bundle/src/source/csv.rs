//! Reads tables from CSV files. The separator is detected from the header; rows are numbered as in a spreadsheet. Must
//! not know schemas.

use crate::fault::Fault;
use crate::source::table::Grid;

/// Parses `bytes`, the content of the file named `file`.
pub(super) fn read_grid(file: &str, bytes: &[u8], faults: &mut Vec<Fault>) -> Option<Grid> {
    let text = match str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        Ok(text) => text,
        Err(error) => {
            let row = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            let expected = "UTF-8: save it in Excel as “CSV UTF-8”";
            faults.push(Fault::cell(
                file,
                row as u32,
                "",
                "characters in another encoding",
                expected,
            ));
            return None;
        }
    };
    // Lines can only be counted if all rows, including the last one, end with the same line break.
    let text = format!("{}\n", text.replace("\r\n", "\n").trim_end_matches('\n'));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    loop {
        let start_line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => {
                return Some(Grid {
                    file: file.to_owned(),
                    rows,
                });
            }
            Err(error) => {
                faults.push(Fault::cell(
                    file,
                    row + 1,
                    "",
                    &error.to_string(),
                    "a row of a CSV file",
                ));
                return None;
            }
        }
        // Line breaks inside quotes belong to this row. Further lines are blank rows above it.
        let quoted_breaks = record
            .iter()
            .map(|cell| cell.matches('\n').count() as u64)
            .sum::<u64>();
        let lines = reader.position().line() - start_line;
        row += lines.saturating_sub(quoted_breaks).max(1) as u32;
        rows.push((row, record.iter().map(str::to_owned).collect()));
    }
}

/// The separator that is most frequent in the header, outside quotes.
fn separator(text: &str) -> u8 {
    let mut is_quoted = false;
    let mut counts = [(b';', 0), (b',', 0), (b'\t', 0)];
    for byte in text
        .trim_start_matches(['\r', '\n'])
        .bytes()
        .take_while(|byte| *byte != b'\n')
    {
        is_quoted ^= byte == b'"';
        if let Some((_, count)) = counts
            .iter_mut()
            .find(|(separator, _)| *separator == byte && !is_quoted)
        {
            *count += 1;
        }
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b';', |(separator, _)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut faults = Vec::new();
        let grid = read_grid("t.csv", text.as_bytes(), &mut faults).unwrap();
        assert_eq!(faults, []);
        grid.rows
    }

    #[test]
    fn separator_is_detected() {
        for separator in [";", ",", "\t"] {
            let text = format!("id{separator}name\nA1{separator}\"x;y,z\t\"\n");
            assert_eq!(rows(&text)[1], (2, vec!["A1".to_owned(), "x;y,z\t".to_owned()]));
        }
        assert_eq!(rows("id\nA1")[1], (2, vec!["A1".to_owned()]));
    }

    #[test]
    fn rows_are_numbered_as_in_a_spreadsheet() {
        for end in ["\n", "\r\n"] {
            let text = format!("\u{feff}a;b{end}1;\"two{end}lines\"{end}{end}{end}2;x{end}3;y{end}{end}4;z");
            let numbers: Vec<u32> = rows(&text).iter().map(|(row, _)| *row).collect();
            assert_eq!(numbers, [1, 2, 5, 6, 8], "{end:?}");
        }
    }

    #[test]
    fn wrong_encoding_is_reported_with_its_row() {
        let mut faults = Vec::new();
        assert!(read_grid("t.csv", b"id;name\nA1;F\xe8s\n", &mut faults).is_none());
        assert_eq!(faults[0].row, Some(2));
        assert!(faults[0].expected.contains("UTF-8"));
    }
}
