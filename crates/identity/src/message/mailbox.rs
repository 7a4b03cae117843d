//! A mailbox for development: messages stay in memory, the newest hundred of them. Never in production, because
//! whoever administers the tenant reads everybody's codes there.

use super::{EmailSender, Message, Sending, SmsSender};
use crate::identifier::{Email, Phone};
use signet_core::time::{Clock, Timestamp};
use signet_core::verification::Channel;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Messages that are kept.
const CAPACITY: usize = 100;

/// Keeps what would have been sent.
pub struct Mailbox {
    clock: Arc<dyn Clock>,
    kept: Mutex<VecDeque<Kept>>,
}

/// A message that would have been sent.
#[derive(Debug, Clone)]
pub struct Kept {
    pub channel: Channel,
    pub to: String,
    pub message: Message,
    pub at: Timestamp,
}

impl Mailbox {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, kept: Mutex::default() }
    }

    /// Newest first.
    pub fn messages(&self) -> Vec<Kept> {
        self.lock().iter().cloned().collect()
    }

    fn keep(&self, channel: Channel, to: String, message: Message) -> Sending {
        let mut kept = self.lock();
        kept.truncate(CAPACITY - 1);
        kept.push_front(Kept { channel, to, message, at: self.clock.now() });
        Box::pin(std::future::ready(Ok(())))
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl EmailSender for Mailbox {
    fn send(&self, to: Email, message: Message) -> Sending {
        self.keep(Channel::Email, to.into(), message)
    }
}

impl SmsSender for Mailbox {
    fn send(&self, to: Phone, message: Message) -> Sending {
        self.keep(Channel::Phone, to.into(), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_core::secret::Plain;
    use signet_core::time::FrozenClock;
    use signet_core::verification::TemplateType;

    fn message(code: &str) -> Message {
        Message::with_code(TemplateType::Generic, Plain::new(code.to_owned()), None)
    }

    #[tokio::test]
    async fn the_newest_hundred_messages_are_kept() {
        let mailbox = Mailbox::new(Arc::new(FrozenClock::at(Timestamp(0))));
        for number in 0..150 {
            EmailSender::send(&mailbox, "a@b.example".parse().unwrap(), message(&number.to_string())).await.unwrap();
        }

        let kept = mailbox.messages();
        assert_eq!(kept.len(), CAPACITY);
        assert_eq!(
            kept.first().map(|kept| kept.message.code.clone().unwrap().expose().to_owned()).as_deref(),
            Some("149")
        );
    }

    #[test]
    fn debugging_a_message_shows_no_code_and_no_link() {
        let mut message = message("123456");
        message.variables.0.insert("link".to_owned(), "https://a.example/?token=654321".into());

        let shown = format!("{message:?}");

        assert!(shown.contains("link") && !shown.contains("123456") && !shown.contains("654321"), "{shown}");
    }
}
