//! Use cases about albums and tracks.

use std::sync::Arc;

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, Problem};
use accid_model::{Album, Track};
use accid_waypoint::{
    AlbumChanges, Grouping, PlaceProposals, PlacingRequest, ProposedAlbum, StoredAlbum, StoredTrack,
    TrackChanges, TrackFacts,
};

use crate::{AlbumView, Inner, Refused, TrackView, Trash, TrashView, UploadedFile, explain};

/// Use cases about albums.
pub struct Albums<'a>(pub(crate) &'a Arc<Inner>);

/// Use cases about tracks.
pub struct Tracks<'a>(pub(crate) &'a Arc<Inner>);

fn album_view(stored: StoredAlbum) -> AlbumView {
    AlbumView { album: stored.album, etag: stored.hash }
}

fn track_view(stored: StoredTrack) -> TrackView {
    TrackView { facts: TrackFacts::of(&stored.track), track: stored.track, etag: stored.hash }
}

impl Albums<'_> {
    /// All albums of a project, in their order.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn list(&self, _: &Permit<Read>, project: &str) -> Result<Vec<AlbumView>, Problem> {
        let project = self.0.project(project)?;
        Ok(self.0.waypoint.albums(&project).into_iter().map(album_view).collect())
    }

    /// One album.
    ///
    /// # Errors
    /// When the project or album is missing.
    pub fn get(&self, _: &Permit<Read>, project: &str, album: &str) -> Result<AlbumView, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.album(&project, album).map(album_view).map_err(explain)
    }

    /// Makes an album.
    ///
    /// # Errors
    /// When the project or a photo is missing, or it has no title.
    pub fn create(
        &self,
        permit: &Permit<Write>,
        project: &str,
        changes: &AlbumChanges,
    ) -> Result<AlbumView, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.create_album(&project, permit.author(), changes).map(album_view).map_err(explain)
    }

    /// Changes an album.
    ///
    /// # Errors
    /// When it is missing, not as `seen`, or a value cannot be used.
    pub fn update(
        &self,
        permit: &Permit<Write>,
        project: &str,
        album: &str,
        changes: &AlbumChanges,
        seen: Option<ContentHash>,
    ) -> Result<AlbumView, Problem> {
        let project = self.0.project(project)?;
        let changed = self.0.waypoint.update_album(&project, permit.author(), album, changes, seen);
        changed.map(album_view).map_err(explain)
    }

    /// Moves an album to the trash; its photos stay.
    ///
    /// # Errors
    /// When it is missing or not as `seen`.
    pub fn remove(
        &self,
        permit: &Permit<Write>,
        project: &str,
        album: &str,
        seen: Option<ContentHash>,
    ) -> Result<TrashView, Problem> {
        Trash(self.0).remove_document(permit, project, Album::FOLDER, album, seen)
    }

    /// The albums that could be made of a project's photos.
    ///
    /// # Errors
    /// When the project is missing or a number cannot be used.
    pub fn propose(
        &self,
        _: &Permit<Read>,
        project: &str,
        grouping: &Grouping,
    ) -> Result<Vec<ProposedAlbum>, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.propose_albums(&project, grouping).map_err(explain)
    }

    /// Makes the albums that could be made, in one step of the history.
    ///
    /// # Errors
    /// When the project is missing or a number cannot be used.
    pub fn make(
        &self,
        permit: &Permit<Write>,
        project: &str,
        grouping: &Grouping,
    ) -> Result<Vec<AlbumView>, Problem> {
        let project = self.0.project(project)?;
        let made = self.0.waypoint.make_albums(&project, permit.author(), grouping).map_err(explain)?;
        Ok(made.into_iter().map(album_view).collect())
    }
}

impl Tracks<'_> {
    /// All tracks of a project, by name.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn list(&self, _: &Permit<Read>, project: &str) -> Result<Vec<TrackView>, Problem> {
        let project = self.0.project(project)?;
        Ok(self.0.waypoint.tracks(&project).into_iter().map(track_view).collect())
    }

    /// One track.
    ///
    /// # Errors
    /// When the project or track is missing.
    pub fn get(&self, _: &Permit<Read>, project: &str, track: &str) -> Result<TrackView, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.track(&project, track).map(track_view).map_err(explain)
    }

    /// Reads files of tracks; those that cannot be read are named with the reason.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn import(
        &self,
        permit: &Permit<Write>,
        project: &str,
        files: &[UploadedFile],
    ) -> Result<(Vec<TrackView>, Vec<Refused>), Problem> {
        let project = self.0.project(project)?;
        let (mut items, mut refused) = (Vec::new(), Vec::new());
        for file in files {
            let read = self.0.waypoint.import_tracks(&project, permit.author(), &file.name, &file.bytes);
            match read.map_err(explain) {
                Ok(tracks) => items.extend(tracks.into_iter().map(track_view)),
                Err(problem) => {
                    refused.push(Refused {
                        name: file.name.clone(),
                        reason: problem.sentence(),
                        photo: None,
                    });
                }
            }
        }
        tracing::info!(project_id = %project.id(), tracks = items.len(), "tracks_added");
        Ok((items, refused))
    }

    /// Makes a route that was drawn.
    ///
    /// # Errors
    /// When the project is missing or a point is none.
    pub fn draw(
        &self,
        permit: &Permit<Write>,
        project: &str,
        changes: &TrackChanges,
    ) -> Result<TrackView, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.draw_track(&project, permit.author(), changes).map(track_view).map_err(explain)
    }

    /// Changes a track.
    ///
    /// # Errors
    /// When it is missing, not as `seen`, or a value cannot be used.
    pub fn update(
        &self,
        permit: &Permit<Write>,
        project: &str,
        track: &str,
        changes: &TrackChanges,
        seen: Option<ContentHash>,
    ) -> Result<TrackView, Problem> {
        let project = self.0.project(project)?;
        let changed = self.0.waypoint.update_track(&project, permit.author(), track, changes, seen);
        changed.map(track_view).map_err(explain)
    }

    /// Moves a track to the trash.
    ///
    /// # Errors
    /// When it is missing or not as `seen`.
    pub fn remove(
        &self,
        permit: &Permit<Write>,
        project: &str,
        track: &str,
        seen: Option<ContentHash>,
    ) -> Result<TrashView, Problem> {
        Trash(self.0).remove_document(permit, project, Track::FOLDER, track, seen)
    }

    /// Places that photos without one may have.
    ///
    /// # Errors
    /// When the project or a track is missing or a number cannot be used.
    pub fn propose_places(
        &self,
        _: &Permit<Read>,
        project: &str,
        request: &PlacingRequest,
    ) -> Result<PlaceProposals, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.propose_places(&project, request).map_err(explain)
    }
}
