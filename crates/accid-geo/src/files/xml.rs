//! XML in small steps: elements by their local names, with their texts; bounded in depth, without document types,
//! entities or anything from elsewhere. And the writing of it.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

use crate::GeoError;

/// Deepest nesting that is read.
const DEEPEST: usize = 64;

/// A step through a file.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// An element begins: its local name and its attributes by local name.
    Open(String, Vec<(String, String)>),
    /// An element ends: its local name and the text directly in it.
    Close(String, String),
    /// The file ends; whether in the middle of an element.
    End {
        /// Elements were still open.
        truncated: bool,
    },
}

/// Walks a file from beginning to end.
pub(super) struct Walk<'a> {
    reader: Reader<&'a [u8]>,
    format: &'static str,
    texts: Vec<String>,
    closing: Option<String>,
}

/// The bytes as text: UTF-8, UTF-16 with its mark, else Latin-1, which old devices write.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |bytes: &[u8], pair: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|two| pair([two[0], two[1]]));
        Cow::Owned(char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect())
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        _ => std::str::from_utf8(bytes)
            .map_or_else(|_| Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()), Cow::Borrowed),
    }
}

impl<'a> Walk<'a> {
    pub fn new(format: &'static str, text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, format, texts: Vec::new(), closing: None }
    }

    fn unreadable(&self, reason: impl ToString) -> GeoError {
        GeoError::Unreadable { format: self.format, reason: reason.to_string() }
    }

    /// The next step.
    pub fn step(&mut self) -> Result<Step, GeoError> {
        if let Some(name) = self.closing.take() {
            return Ok(Step::Close(name, self.texts.pop().unwrap_or_default()));
        }
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(start)) => return self.open(&start),
                Ok(Event::Empty(start)) => {
                    self.closing = Some(local(&start));
                    return self.open(&start);
                }
                Ok(Event::End(end)) => {
                    let name = end.local_name().into_inner().to_owned();
                    return Ok(Step::Close(name, self.texts.pop().unwrap_or_default()));
                }
                Ok(Event::Text(text)) => self.append(&text.xml10_content()),
                Ok(Event::CData(text)) => self.append(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => {
                    let letter = meant(&reference);
                    self.append(&letter);
                }
                Ok(Event::Eof) => return Ok(Step::End { truncated: !self.texts.is_empty() }),
                Ok(_) => {}
                // What is cut off in the middle of a tag is the end of a truncated file.
                Err(quick_xml::Error::Syntax(_)) if !self.texts.is_empty() => {
                    return Ok(Step::End { truncated: true });
                }
                Err(error) => return Err(self.unreadable(error)),
            }
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<Step, GeoError> {
        if self.texts.len() >= DEEPEST {
            return Err(self.unreadable(format!("its elements are nested deeper than {DEEPEST}")));
        }
        self.texts.push(String::new());
        let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
            Some((attribute.key.local_name().into_inner().to_owned(), value))
        };
        let attributes = start.attributes().flatten().filter_map(attribute).collect();
        Ok(Step::Open(local(start), attributes))
    }

    fn append(&mut self, text: &str) {
        if let Some(last) = self.texts.last_mut() {
            last.push_str(text);
        }
    }
}

fn local(start: &BytesStart<'_>) -> String {
    start.local_name().into_inner().to_owned()
}

/// A character reference or one of the five entities of XML; others are kept as they are written and never followed.
fn meant(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    let name = reference.xml10_content();
    let letter = match name.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return format!("&{name};"),
    };
    letter.to_owned()
}

/// Writes an XML file, indented.
#[derive(Debug)]
pub(super) struct Sheet {
    text: String,
    open: Vec<&'static str>,
}

impl Sheet {
    pub fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// Begins an element; `attributes` are written as they are.
    pub fn open(&mut self, name: &'static str, attributes: &str) {
        self.indent();
        let space = if attributes.is_empty() { "" } else { " " };
        self.text.push_str(&format!("<{name}{space}{attributes}>\n"));
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.text.push_str(&format!("</{name}>\n"));
        }
    }

    /// An element with a text in it.
    pub fn leaf(&mut self, name: &str, text: &str) {
        self.indent();
        self.text.push_str(&format!("<{name}>{}</{name}>\n", escaped(text)));
    }

    /// An element with a text in it, if there is one.
    pub fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
    }

    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn indent(&mut self) {
        self.text.push_str(&"  ".repeat(self.open.len()));
    }
}

/// Text for XML 1.0: marks escaped, control characters that it cannot hold left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() && !matches!(letter, '\n' | '\t') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
