//! `accid_blotter.json`: the master configuration of a project.

use std::collections::BTreeMap;

use accid_base::{Id, Slug};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{BuildRecipe, Document, Fields, ImageRef, Migration, SiteTranslation};

/// What a project is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProjectType {
    /// A website of pages.
    Html,
    /// A photo story.
    Gallery,
    /// Ordered steps with code screenshots.
    Tutorial,
    /// A folder with a build command, versioned and published, not edited.
    React,
}

impl ProjectType {
    /// All types.
    pub const ALL: [Self; 4] = [Self::Html, Self::Gallery, Self::Tutorial, Self::React];

    /// The type as written in files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Gallery => "gallery",
            Self::Tutorial => "tutorial",
            Self::React => "react",
        }
    }
}

/// What holds for the whole site.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Site {
    /// Name of the site, shown in the browser's tab and in search results.
    pub title: String,
    /// What the site is about, in one or two sentences; used where a page has no description of its own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Language of the site as a BCP 47 tag, such as `en` or `de-AT`.
    pub language: String,
    /// Other languages the site comes in, as BCP 47 tags. Its pages in each of them lie in a folder of that name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What the site is called in its other languages, by their tags.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<String, SiteTranslation>,
    /// Asks search engines to leave the whole site out, for one that is not finished.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Address at which the site will be found, such as `https://example.org/`. Needed for the sitemap, canonical
    /// links and social cards; without it they are left out.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub base_url: String,
    /// Who makes the site.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// Picture for social cards of pages that have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub social_image: Option<ImageRef>,
    /// CSS of the whole site. What cannot be read, and what would fetch from elsewhere, is left out with a finding.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "code"))]
    pub css: String,
    /// How its pictures are published.
    #[serde(skip_serializing_if = "Pictures::is_default")]
    pub pictures: Pictures,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// For whom pictures come as AVIF too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Avif {
    /// For phones, whose bytes cost most: the two smaller widths.
    #[default]
    Phones,
    /// For every screen, in every width.
    All,
    /// For nobody.
    Off,
}

/// How a site's pictures are published. Every picture comes as WebP and JPEG in several widths, so that a phone loads a
/// small one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Pictures {
    /// For whom they come as AVIF too, which is about a third smaller than WebP and takes much longer to make: about
    /// a second a picture for phones, four for everybody, once.
    pub avif: Avif,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Pictures {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a theme shows its light or dark side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeMode {
    /// As the visitor's system says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The theme of a site and what its owner changed of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ThemeChoice {
    /// Name of a built-in theme; the first one when empty or unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Light, dark, or as the visitor's system says.
    pub mode: ThemeMode,
    /// Design tokens that differ from the theme's, such as `"color-accent": "#b45309"`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tokens: BTreeMap<String, String>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// A place a project is published to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Environment {
    /// Where the files go, such as `file:///srv/www/site`. Never holds a password.
    pub url: String,
    /// Where visitors see them, such as `https://example.org/`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub public_url: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// The master configuration of a project: who it is, its site, theme and environments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Blotter {
    /// Identity of the project.
    pub id: Id,
    /// Format of this file.
    pub schema_version: u32,
    /// Name in addresses and of its folder.
    pub slug: Slug,
    /// Name for people.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub project_type: ProjectType,
    /// When it was made.
    pub created_at: Timestamp,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Put away: kept, but not among the projects that are worked on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// What holds for the whole site.
    #[serde(default)]
    pub site: Site,
    /// Its look.
    #[serde(default)]
    pub theme: ThemeChoice,
    /// Where it is published to, by name (`staging`, `production`, …).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub environments: BTreeMap<String, Environment>,
    /// How its folder is built, for a project that stands for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build: Option<BuildRecipe>,
    /// What this ACCID does not know, and the encrypted credentials.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Blotter {
    /// File name in the project's folder.
    pub const FILE: &'static str = "accid_blotter.json";

    /// The field of encrypted credentials: left out of versions, git and zip, and never touched by a restore.
    pub const CREDENTIALS: &'static str = "credentials";
}

impl Document for Blotter {
    const NAME: &'static str = "project";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];
}
