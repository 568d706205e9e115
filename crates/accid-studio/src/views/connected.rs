//! What a paired tool and its Vault say to each other, and what people see of it. Must not know HTTP.

use std::collections::BTreeMap;

use accid_base::{ContentHash, Id};
use accid_store::Carried;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a tool says when it calls.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Hello {
    /// The tools in its process.
    pub roles: Vec<String>,
    /// Its projects, by id; empty when nothing changed since it last said.
    pub projects: Vec<Id>,
    /// Orders it has carried out.
    pub done: Vec<OrderDone>,
}

/// What the Vault answers to that.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Welcome {
    /// Identity of the Vault's running process.
    pub instance: Id,
    /// How far it has each of the projects that were named.
    pub projects: Vec<Standing>,
    /// What it wants of the tool.
    pub orders: Vec<Order>,
}

/// How far the Vault has a project.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// The project.
    pub project: Id,
    /// `kept`, `new`, `trashed` or `foreign` (the Vault has one of this id that is not this tool's).
    pub state: String,
    /// The last change it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Id>,
}

/// Something that only the owner of a replica may do.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    /// Identity of the order.
    pub id: Id,
    /// The project.
    pub project: Id,
    /// Who wants it.
    pub by: String,
    /// The version to bring back; nothing when the present state gets a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Id>,
    /// Only this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Only this page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Only this module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Id>,
    /// Only the look: theme, tokens and own CSS.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub theme: bool,
    /// The name that the present state gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// How an order went.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct OrderDone {
    /// The order.
    pub id: Id,
    /// The change that came of it.
    #[serde(default)]
    pub change: Option<Id>,
    /// The version that was named.
    #[serde(default)]
    pub version: Option<Id>,
    /// What was done, for a person.
    #[serde(default)]
    pub note: String,
    /// The files that changed.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Why it could not be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What a tool has of a project, asked before it sends anything.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Offer {
    /// The project.
    pub project: Id,
    /// Contents of its documents, by hash.
    #[serde(default)]
    pub contents: Vec<ContentHash>,
    /// Names of its originals.
    #[serde(default)]
    pub media: Vec<String>,
}

/// What of an offer the Vault does not have.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Lacking {
    /// Contents of documents, by hash.
    pub contents: Vec<ContentHash>,
    /// Names of originals.
    pub media: Vec<String>,
}

/// Changes of a project, in their order.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// The project.
    pub project: Id,
    /// Its name in addresses; a new replica's folder is called so.
    pub slug: String,
    /// The changes: `id`, `author`, `note`, `kind`, and `objects` with `path` and `after`.
    #[schemars(with = "Vec<serde_json::Value>")]
    pub records: Vec<Carried>,
    /// Texts of documents that the Vault did not have, by hash.
    pub contents: BTreeMap<String, String>,
}

/// What became of a delivery.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Taken {
    /// How many changes were new.
    pub taken: usize,
    /// The last change the Vault has now.
    pub through: Option<Id>,
}

/// A tool that is paired with this Vault.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PairingView {
    /// Identity of the pairing.
    pub id: Id,
    /// What the tool is called.
    pub name: String,
    /// When it was paired.
    pub made_at: Timestamp,
    /// When it was last heard of since the Vault started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Timestamp>,
    /// Whether it is there now.
    pub present: bool,
    /// How many projects of it are kept here.
    pub projects: usize,
}

/// A pairing that was just made.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PairedView {
    /// The pairing.
    pub pairing: PairingView,
    /// The token to give to the tool. It is shown this once.
    pub token: String,
}

/// What a pairing is made of.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PairRequest {
    /// What the tool is called, such as `Builder on the laptop`.
    pub name: String,
}
