//! One look at a target: each folder is listed once, so that planning costs a server as many questions as there are
//! folders, not files.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

use accid_base::{ContentHash, RelativePath};

use crate::{Evidence, Found, PublishedFile, Target, TransferError, target::OWN_FOLDER};

/// What stood at a target when it was looked at.
pub(crate) struct Look<'a> {
    pub(crate) target: &'a dyn Target,
    folders: RefCell<HashMap<Option<RelativePath>, BTreeMap<RelativePath, Found>>>,
}

impl<'a> Look<'a> {
    pub(crate) fn at(target: &'a dyn Target) -> Self {
        Self { target, folders: RefCell::default() }
    }

    /// What stands at the path.
    pub(crate) fn find(&self, path: &RelativePath) -> Result<Option<Found>, TransferError> {
        let folder = path.parent();
        if !self.is_listed(folder.as_ref())? {
            return Ok(None);
        }
        Ok(self.folders.borrow().get(&folder).and_then(|files| files.get(path)).copied())
    }

    /// Lists the folder unless it was; says no when there is none.
    fn is_listed(&self, folder: Option<&RelativePath>) -> Result<bool, TransferError> {
        if self.folders.borrow().contains_key(&folder.cloned()) {
            return Ok(true);
        }
        // Servers may leave names that begin with a dot out of a listing; our own folder is asked for by its name.
        if let Some(path) = folder
            && path.as_str() != OWN_FOLDER
            && self.find(path)? != Some(Found::Folder)
        {
            return Ok(false);
        }
        let files = self.target.list(folder)?.into_iter().collect();
        self.folders.borrow_mut().insert(folder.cloned(), files);
        Ok(true)
    }

    /// Whether the file at the path has that size, and where a look can tell, that content.
    pub(crate) fn holds(&self, path: &RelativePath, file: &PublishedFile) -> Result<bool, TransferError> {
        if self.find(path)? != Some(Found::File(file.bytes)) {
            return Ok(false);
        }
        match self.target.evidence() {
            Evidence::Size => Ok(true),
            Evidence::Content => self.holds_content(path, file),
        }
    }

    /// Whether the file has that content; it is read.
    pub(crate) fn holds_content(
        &self,
        path: &RelativePath,
        file: &PublishedFile,
    ) -> Result<bool, TransferError> {
        Ok(self.find(path)? == Some(Found::File(file.bytes))
            && self.target.read(path)?.is_some_and(|bytes| ContentHash::of(&bytes) == file.sha256))
    }
}
