//! Messages to people: a code by email or text message, or an invitation. What sends them stands behind [`EmailSender`] and
//! [`SmsSender`]; until one is configured, a [`Mailbox`] may keep them for a developer to look at.

mod mailbox;

pub use mailbox::{Kept, Mailbox};

use crate::experience::identifier::Recipient;
use crate::identifier::{Email, Phone};
use serde_json::{Map, Value};
use signet_core::secret::Plain;
use signet_core::verification::{Channel, TemplateType};
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// What a person is told. `Debug` does not show the code, nor what a link may hold.
#[derive(Debug, Clone)]
pub struct Message {
    pub template: TemplateType,
    pub code: Option<Plain>,
    /// Languages that the person reads, best first, as far as they are known.
    pub locales: Option<String>,
    /// What else the text of the template may mention, such as `link`, `organization` and `inviter`.
    pub variables: Variables,
}

impl Message {
    /// A message that brings a code.
    pub(crate) fn with_code(template: TemplateType, code: Plain, locales: Option<String>) -> Self {
        Self { template, code: Some(code), locales, variables: Variables::default() }
    }
}

/// Values for the places that the text of a template leaves open. A link may hold a token: `Debug` shows names only.
#[derive(Clone, Default, PartialEq)]
pub struct Variables(pub Map<String, Value>);

impl Variables {
    /// A variable that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A message on its way. It owns what it needs, so that nobody has to wait for it.
pub type Sending = Pin<Box<dyn Future<Output = Result<(), SendError>> + Send>>;

/// Why a message did not leave.
#[derive(Debug, thiserror::Error)]
#[error("the message could not be sent")]
pub struct SendError(#[source] pub Box<dyn Error + Send + Sync>);

pub trait EmailSender: Send + Sync + 'static {
    fn send(&self, to: Email, message: Message) -> Sending;
}

pub trait SmsSender: Send + Sync + 'static {
    fn send(&self, to: Phone, message: Message) -> Sending;
}

/// What is configured of the two.
#[derive(Clone, Default)]
pub struct Senders {
    pub email: Option<Arc<dyn EmailSender>>,
    pub sms: Option<Arc<dyn SmsSender>>,
}

impl Senders {
    pub fn has(&self, channel: Channel) -> bool {
        match channel {
            Channel::Email => self.email.is_some(),
            Channel::Phone => self.sms.is_some(),
        }
    }

    /// Begins to send. `None`: nothing is configured for this kind of address.
    pub fn send(&self, to: Recipient, message: Message) -> Option<Sending> {
        match to {
            Recipient::Email(email) => Some(self.email.as_ref()?.send(email, message)),
            Recipient::Phone(phone) => Some(self.sms.as_ref()?.send(phone, message)),
        }
    }
}

/// Sends without anybody waiting: how long it takes would tell whether there was a message at all. What is done at once
/// is done when this returns.
pub(crate) fn send_in_background(mut sending: Sending) {
    match sending.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => report(outcome),
        Poll::Pending => drop(tokio::spawn(async move { report(sending.await) })),
    }
}

fn report(outcome: Result<(), SendError>) {
    if let Err(error) = outcome {
        tracing::error!(error = &error as &dyn Error, "a message to a person could not be sent");
    }
}
