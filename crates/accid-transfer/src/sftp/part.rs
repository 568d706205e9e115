//! Reading a part of a file over SFTP: all its requests are on their way at once, and what a server answers short is
//! asked for again.

use std::{collections::VecDeque, future::poll_fn, pin::Pin, task::Poll};

use russh_sftp::{
    client::error::Error as SftpError,
    protocol::{Data, FileAttributes, OpenFlags, StatusCode},
};

use super::{CHUNK, Failure, IN_FLIGHT, Session};

type Piece<'a> = Pin<Box<dyn Future<Output = Result<Data, SftpError>> + Send + 'a>>;

/// So many bytes from a place on, fewer where the file ends.
pub(super) async fn read(
    session: &Session,
    path: &str,
    offset: u64,
    length: usize,
) -> Result<Option<Vec<u8>>, Failure> {
    let handle = session.sftp.open(path, OpenFlags::READ, FileAttributes::empty()).await?.handle;
    let mut bytes = Vec::with_capacity(length);
    let mut waiting: VecDeque<(usize, Piece<'_>)> = VecDeque::new();
    let mut asked = 0;
    let mut ended = false;
    while !ended && bytes.len() < length {
        while asked < length && waiting.len() < IN_FLIGHT {
            let size = CHUNK.min(length - asked);
            let wanted = u32::try_from(size).unwrap_or(u32::MAX);
            let piece = session.sftp.read(&*handle, offset + asked as u64, wanted);
            waiting.push_back((size, send_now(piece).await));
            asked += size;
        }
        let Some((size, piece)) = waiting.pop_front() else { break };
        match piece.await {
            Ok(part) => {
                bytes.extend_from_slice(&part.data);
                ended = part.data.is_empty();
                if part.data.len() < size && !ended {
                    // What follows was asked for from another place: it is asked for again.
                    waiting.clear();
                    asked = bytes.len();
                }
            }
            Err(SftpError::Status(status)) if status.status_code == StatusCode::Eof => ended = true,
            Err(error) => return Err(error.into()),
        }
    }
    drop(waiting);
    session.sftp.close(handle).await?;
    bytes.truncate(length);
    Ok(Some(bytes))
}

/// Sends a request now; its answer can be waited for later.
async fn send_now<'a>(request: impl Future<Output = Result<Data, SftpError>> + Send + 'a) -> Piece<'a> {
    let mut request = Box::pin(request);
    match poll_fn(|context| Poll::Ready(request.as_mut().poll(context))).await {
        Poll::Ready(answer) => Box::pin(std::future::ready(answer)),
        Poll::Pending => request,
    }
}
