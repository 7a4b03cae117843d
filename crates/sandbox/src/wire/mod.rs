//! Frames between the server and a worker: `u32` length, `u8` kind, then the body; integers are little-endian.
//!
//! Nothing in here panics on any input, and nothing allocates more than it was given.

mod message;

pub(crate) use message::{FetchHead, FetchReply, ReplyHead, RunMessage, Verdict, read_result, write_result};

/// Length field and kind.
pub(crate) const HEADER: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Server to worker: run this.
    Run = 1,
    /// Server to worker: the answer to a fetch.
    Reply = 2,
    /// Worker to server: jailed and ready, with the protection it got.
    Hello = 3,
    /// Worker to server: the run is over.
    Result = 4,
    /// Worker to server: send this request.
    Fetch = 5,
    /// Worker to server: the script lost interest in a fetch.
    Abort = 6,
}

impl Kind {
    fn of(byte: u8) -> Option<Self> {
        [Self::Run, Self::Reply, Self::Hello, Self::Result, Self::Fetch, Self::Abort]
            .into_iter()
            .find(|kind| *kind as u8 == byte)
    }
}

/// Bytes that do not follow the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the frame does not follow the protocol")]
pub(crate) struct Malformed;

/// The kind and body length that `bytes` announce; `None` while the header is incomplete.
pub(crate) fn header(bytes: &[u8]) -> Result<Option<(Kind, usize)>, Malformed> {
    let Some(([a, b, c, d, kind], _)) = bytes.split_first_chunk::<HEADER>() else { return Ok(None) };
    let length = usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).map_err(|_| Malformed)?;
    Ok(Some((Kind::of(*kind).ok_or(Malformed)?, length)))
}

/// Appends frames to a buffer.
pub(crate) struct Writer<'a> {
    out: &'a mut Vec<u8>,
    start: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn begin(out: &'a mut Vec<u8>, kind: Kind) -> Self {
        let start = out.len();
        out.extend_from_slice(&[0, 0, 0, 0, kind as u8]);
        Self { out, start }
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.out.extend_from_slice(bytes);
        self
    }

    pub(crate) fn u8(&mut self, value: u8) -> &mut Self {
        self.raw(&[value])
    }

    pub(crate) fn u32(&mut self, value: u32) -> &mut Self {
        self.raw(&value.to_le_bytes())
    }

    pub(crate) fn u64(&mut self, value: u64) -> &mut Self {
        self.raw(&value.to_le_bytes())
    }

    /// A length, then the bytes. More than 4 GiB cannot be written and becomes nothing.
    pub(crate) fn block(&mut self, bytes: &[u8]) -> &mut Self {
        match u32::try_from(bytes.len()) {
            Ok(length) => self.u32(length).raw(bytes),
            Err(_) => self.u32(0),
        }
    }

    /// An optional number: a flag, then the number.
    pub(crate) fn optional(&mut self, value: Option<u32>) -> &mut Self {
        self.u8(u8::from(value.is_some())).u32(value.unwrap_or(0))
    }
}

impl Drop for Writer<'_> {
    /// Fills in the length: a frame is complete when its writer goes away.
    fn drop(&mut self) {
        let length = self.out.len().saturating_sub(self.start + HEADER);
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        if let Some(place) = self.out.get_mut(self.start..self.start + 4) {
            place.copy_from_slice(&length.to_le_bytes());
        }
    }
}

/// Takes fields from the front of a frame's body.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(body: &'a [u8]) -> Self {
        Self(body)
    }

    fn chunk<const N: usize>(&mut self) -> Result<&'a [u8; N], Malformed> {
        let (chunk, rest) = self.0.split_first_chunk().ok_or(Malformed)?;
        self.0 = rest;
        Ok(chunk)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Malformed> {
        self.chunk::<1>().map(|[byte]| *byte)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Malformed> {
        self.chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Malformed> {
        self.chunk().map(|bytes| u64::from_le_bytes(*bytes))
    }

    pub(crate) fn key(&mut self) -> Result<[u8; 32], Malformed> {
        self.chunk().copied()
    }

    pub(crate) fn block(&mut self) -> Result<&'a [u8], Malformed> {
        let length = usize::try_from(self.u32()?).map_err(|_| Malformed)?;
        let (block, rest) = self.0.split_at_checked(length).ok_or(Malformed)?;
        self.0 = rest;
        Ok(block)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Malformed> {
        std::str::from_utf8(self.block()?).map_err(|_| Malformed)
    }

    pub(crate) fn optional(&mut self) -> Result<Option<u32>, Malformed> {
        let (flag, value) = (self.u8()?, self.u32()?);
        Ok((flag != 0).then_some(value))
    }

    /// What no field has taken yet.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.0
    }
}
