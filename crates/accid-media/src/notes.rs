//! What a picture file says of itself besides its pixels, whatever form it was written in. Must not know any form.

/// Where a picture was taken.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Position {
    /// Latitude in degrees, north positive (WGS 84).
    pub lat: f64,
    /// Longitude in degrees, east positive (WGS 84).
    pub lon: f64,
    /// Height above the sea in metres.
    pub altitude: Option<f64>,
    /// Where the camera looked: degrees from north, clockwise.
    pub direction: Option<f64>,
}

/// What a picture file, or a file of notes beside it, says. What is empty is not said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notes {
    /// How its rows lie (EXIF tag 0x0112), 1 to 8.
    pub orientation: Option<u8>,
    /// Make of the camera.
    pub make: String,
    /// Model of the camera.
    pub model: String,
    /// Name of the lens.
    pub lens: String,
    /// When it was taken: `2026-03-01T14:05:00`, with fractions of the second and the offset from UTC when they are
    /// said. Dates of zeros or blanks, as cameras without a set clock write them, count as not said.
    pub date: String,
    /// Whether the date is that of a photo program rather than the camera's.
    pub date_is_edited: bool,
    /// Exposure time as people write it, such as `1/250`.
    pub shutter: String,
    /// The f-number.
    pub aperture: Option<f64>,
    /// Sensitivity (ISO 12232).
    pub iso: Option<u32>,
    /// Focal length in millimetres.
    pub focal_length: Option<f64>,
    /// Where it was taken.
    pub position: Option<Position>,
    /// Its title.
    pub title: String,
    /// What was written under it.
    pub caption: String,
    /// Words it is found by.
    pub keywords: Vec<String>,
    /// How good it is, 0 to 5.
    pub rating: Option<u8>,
    /// Who made it.
    pub creator: String,
    /// Whose it is.
    pub copyright: String,
}

impl Notes {
    /// Make and model in one, without saying the maker twice.
    pub fn camera(&self) -> String {
        let (make, model) = (&self.make, &self.model);
        let first_word = make.split(' ').next().unwrap_or_default().to_lowercase();
        if model.is_empty() || make.is_empty() || model.to_lowercase().starts_with(&first_word) {
            return if model.is_empty() { make.clone() } else { model.clone() };
        }
        format!("{make} {model}")
    }

    /// These notes, and what others say where these say nothing.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        let text = |own: &mut String, other: String| {
            if own.is_empty() {
                *own = other;
            }
        };
        // A program that noted the day alone, and another that knows the time of that day.
        let day_alone = self.date_is_edited && other.date_is_edited && self.date.ends_with("T00:00:00");
        let same_day = self.date.get(..10).is_some_and(|day| other.date.starts_with(day));
        if self.date.is_empty() || (day_alone && same_day) {
            self.date_is_edited = other.date_is_edited && !other.date.is_empty();
            self.date = other.date;
        } else if let Some(whole) = with_offset(&self.date, &other.date) {
            self.date = whole;
        }
        text(&mut self.make, other.make);
        text(&mut self.model, other.model);
        text(&mut self.lens, other.lens);
        text(&mut self.shutter, other.shutter);
        text(&mut self.title, other.title);
        text(&mut self.caption, other.caption);
        text(&mut self.creator, other.creator);
        text(&mut self.copyright, other.copyright);
        if self.keywords.is_empty() {
            self.keywords = other.keywords;
        }
        self.orientation = self.orientation.or(other.orientation);
        self.aperture = self.aperture.or(other.aperture);
        self.iso = self.iso.or(other.iso);
        self.focal_length = self.focal_length.or(other.focal_length);
        self.position = self.position.or(other.position);
        self.rating = self.rating.or(other.rating);
        self
    }

    /// The words people wrote, and nothing of the camera.
    pub(crate) fn words(&self) -> Self {
        Self {
            title: self.title.clone(),
            caption: self.caption.clone(),
            keywords: self.keywords.clone(),
            rating: self.rating,
            creator: self.creator.clone(),
            copyright: self.copyright.clone(),
            ..Self::default()
        }
    }
}

/// Where the offset of a date begins, if it has one.
pub(crate) fn offset_of(date: &str) -> Option<&str> {
    let time = date.get(11..)?;
    time.find(['+', '-', 'Z']).and_then(|at| time.get(at..))
}

/// A date without an offset, with that of another which says the same time.
fn with_offset(date: &str, other: &str) -> Option<String> {
    if offset_of(date).is_some() || date.get(..19)? != other.get(..19)? {
        return None;
    }
    Some(format!("{date}{}", offset_of(other)?))
}

/// A line of text as it is kept: without control characters, its blanks joined, at most so many characters.
pub(crate) fn line(text: &str, most: usize) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(most).collect()
}

/// Several lines of text: as they stand, without other control characters.
pub(crate) fn lines(text: &str, most: usize) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String =
        text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).take(most).collect();
    kept.trim().to_owned()
}

/// Bytes of a text in UTF-8, else in Latin-1, up to the first zero.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let bytes = &bytes[..end];
    std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_taken_over_for_the_same_time_only() {
        let notes = |date: &str| Notes { date: date.to_owned(), ..Notes::default() };
        let own = notes("2026-03-01T14:05:00.25");
        assert_eq!(own.clone().or(notes("2026-03-01T14:05:00-04:00")).date, "2026-03-01T14:05:00.25-04:00");
        assert_eq!(own.clone().or(notes("2026-03-01T15:05:00-04:00")).date, own.date);
        assert_eq!(notes("").or(notes("2026-03-01T15:05:00Z")).date, "2026-03-01T15:05:00Z");
    }

    #[test]
    fn a_camera_says_its_maker_once() {
        let camera = |make: &str, model: &str| {
            Notes { make: make.to_owned(), model: model.to_owned(), ..Notes::default() }.camera()
        };
        assert_eq!(camera("NIKON CORPORATION", "NIKON D90"), "NIKON D90");
        assert_eq!(camera("Apple", "iPhone 15"), "Apple iPhone 15");
        assert_eq!((camera("", "X"), camera("Y", "")), ("X".to_owned(), "Y".to_owned()));
    }
}
