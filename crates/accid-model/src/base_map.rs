//! What lies below the pins of a map instead of the drawn land, for those who want it. Must not know how a map is drawn.

use accid_base::ContentHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Fields;

/// A map made elsewhere, in square tiles. Without one, ACCID draws the land itself and nothing is ever fetched.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BaseMap {
    /// Address of tiles on the internet, such as `https://tiles.example.org/{z}/{x}/{y}.png`. The browsers of visitors
    /// ask that host then. Empty: nobody is asked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Who made the map, as its makers ask to be named; it stands below the map.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub credit: String,
    /// A PMTiles archive of one's own: content hash of the file. The tiles that maps need are published with the site,
    /// and nobody else is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<ContentHash>,
    /// What that file was called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file_name: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl BaseMap {
    /// What is wrong with its address, in words; nothing when it is empty or good.
    pub fn wrong_address(&self) -> Option<&'static str> {
        (!self.address.trim().is_empty() && self.host().is_none())
            .then_some("it begins with https:// and holds {z}, {x} and {y}")
    }

    /// The scheme and host that its address asks, as a source that a Content-Security-Policy can name; nothing when the
    /// address is not good. Without encryption only this machine itself is asked.
    pub fn host(&self) -> Option<String> {
        let address = self.address.trim();
        let (scheme, rest) = address.split_once("://")?;
        let (host, path) = rest.split_once('/')?;
        let here =
            |host: &str| ["127.0.0.1", "localhost"].contains(&host.split(':').next().unwrap_or_default());
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
        let good = (scheme == "https" || scheme == "http" && here(host))
            && !host.is_empty()
            && host.bytes().all(plain)
            && ["{z}", "{x}", "{y}"].iter().all(|part| path.contains(part))
            && !path.chars().any(|letter| letter.is_control() || letter.is_whitespace());
        good.then(|| format!("{scheme}://{host}"))
    }

    /// The address of one tile.
    pub fn tile(&self, zoom: u32, column: u32, row: u32) -> String {
        let address = self.address.trim().replace("{z}", &zoom.to_string());
        address.replace("{x}", &column.to_string()).replace("{y}", &row.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> BaseMap {
        BaseMap { address: address.to_owned(), ..BaseMap::default() }
    }

    #[test]
    fn only_encrypted_hosts_are_asked_and_this_machine_itself() {
        let host = |address: &str| of(address).host();
        assert_eq!(
            host("https://tiles.example.org/{z}/{x}/{y}.png?key=1").unwrap(),
            "https://tiles.example.org"
        );
        assert_eq!(host("http://127.0.0.1:8080/{z}/{x}/{y}.png").unwrap(), "http://127.0.0.1:8080");
        for wrong in [
            "",
            "tiles.example.org/{z}/{x}/{y}.png",
            "http://tiles.example.org/{z}/{x}/{y}.png",
            "https://tiles.example.org/{z}/{x}.png",
            "https://tiles.example.org; script-src *//{z}/{x}/{y}",
            "https://a'b/{z}/{x}/{y}",
            "javascript://x/{z}/{x}/{y}",
        ] {
            assert_eq!(host(wrong), None, "{wrong}");
        }
        assert_eq!(of("").wrong_address(), None);
        assert!(of("https://x/").wrong_address().is_some());
        assert_eq!(of("https://t.example/{z}/{x}/{y}.png").tile(3, 2, 1), "https://t.example/3/2/1.png");
    }
}
