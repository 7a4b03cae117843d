//! Reads a response's body up to a limit. What is counted is what comes out of the decompressor, while it comes.

use crate::error::find;
use bytes::{Bytes, BytesMut};
use http_body::Body;
use http_body_util::{BodyExt as _, LengthLimitError};
use std::error::Error;

pub(crate) enum BodyFailure {
    TooLarge,
    Broken,
}

/// The whole body. Trailers are left out.
pub(crate) async fn read<B>(body: B, limit: usize) -> Result<Bytes, BodyFailure>
where
    B: Body<Data = Bytes, Error = Box<dyn Error + Send + Sync>>,
{
    let mut body = std::pin::pin!(body);
    let mut bytes = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| failure(&*error))?;
        let Ok(data) = frame.into_data() else { continue };
        if data.len() > limit.saturating_sub(bytes.len()) {
            return Err(BodyFailure::TooLarge);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes.freeze())
}

fn failure(error: &(dyn Error + 'static)) -> BodyFailure {
    if find::<LengthLimitError>(error).is_some() { BodyFailure::TooLarge } else { BodyFailure::Broken }
}
