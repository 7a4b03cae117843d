//! Cookies of the sign-in: what a browser keeps to be known again, and to come back with its own request.
//!
//! Each has a signature beside it (`<name>.sig`), so that nobody invents one. What must be a secret is one by itself:
//! the signature only says that the value came from here.

mod interaction;
mod keys;
mod signed;

pub(crate) use interaction::PendingInteraction;
pub(crate) use keys::CookieKeys;
pub(crate) use signed::{Attributes, Presented};

use crate::state::TenantState;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use signet_core::id::{InteractionUid, TenantId};
use signet_oidc::authorize::interaction::Waiting;
use signet_oidc::authorize::session::SessionKey;
use signet_oidc::error::OAuthError;
use std::sync::Arc;
use std::time::Duration;

/// A cookie of ours. The tenant of administrators has names of its own: cookies do not know ports, so two tenants on
/// one host would read each other's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    /// Opens the browser session.
    Session,
    /// Which requests wait for a person in this browser.
    Interaction,
    /// Who may come back from a page.
    Resume,
    /// A logout that waits for the person to agree.
    Logout,
    /// What pages look like; scripts may read it.
    Looks,
    /// What the page of the device flow must say to be believed; scripts may read it.
    DeviceXsrf,
    /// The same value where the page's form goes to.
    DeviceForm,
}

impl Name {
    pub(crate) fn of(self, tenant: &TenantId) -> String {
        let prefix = if *tenant == TenantId::admin() { "_admin" } else { "" };
        let name = match self {
            Self::Session => "_session",
            Self::Interaction => "_interaction",
            Self::Resume => "_interaction_resume",
            Self::Logout => "_logout",
            Self::Looks => "_logto",
            Self::DeviceXsrf => "_logto_device_flow_xsrf",
            Self::DeviceForm => "_device_form",
        };
        format!("{prefix}{name}")
    }
}

/// The cookies of one request, and those that its answer sets.
pub(crate) struct Cookies<'s> {
    state: &'s TenantState,
    keys: Arc<CookieKeys>,
    presented: Presented,
    set: Vec<String>,
}

impl<'s> Cookies<'s> {
    pub(crate) async fn of(state: &'s TenantState, headers: &HeaderMap) -> Result<Self, OAuthError> {
        let keys = state.cookie_keys().await?;
        Ok(Self { state, keys, presented: Presented::of(headers), set: Vec::new() })
    }

    /// A cookie whose signature holds.
    pub(crate) fn get(&self, name: Name) -> Option<&str> {
        self.presented.signed(&name.of(self.state.tenant()), &self.keys)
    }

    /// What opens the browser's session.
    pub(crate) fn session(&self) -> Option<&str> {
        self.get(Name::Session)
    }

    pub(crate) fn keep_session(&mut self, key: &SessionKey) {
        self.set(Name::Session, &key.value, &Attributes { max_age: Some(key.lifetime), ..Attributes::default() });
    }

    pub(crate) fn forget_session(&mut self) {
        self.clear(Name::Session, "/");
    }

    /// Lets the browser take part in an interaction and come back from it.
    pub(crate) fn keep_interaction(&mut self, waiting: &Waiting) {
        let map = interaction::with(self.get(Name::Interaction), &waiting.client_id, &waiting.uid);
        self.set(Name::Interaction, &map, &Attributes::default());
        let flow = if waiting.is_device { "device" } else { "auth" };
        let path = self.resume_path(flow, waiting.uid.as_str());
        self.set(Name::Resume, waiting.uid.as_str(), &Attributes { path: &path, ..Attributes::default() });
        let looks = interaction::looks(waiting);
        let name = Name::Looks.of(self.state.tenant());
        let attributes = Attributes { readable: true, ..Attributes::default() };
        self.set.push(signed::line(&name, &looks, &self.complete(&attributes)));
    }

    /// Whether this browser is the one that left for a page of this interaction.
    pub(crate) fn may_resume(&self, uid: &str) -> bool {
        self.get(Name::Resume) == Some(uid)
    }

    /// The way back has been taken.
    pub(crate) fn forget_resume(&mut self, flow: &str, uid: &str) {
        let path = self.resume_path(flow, uid);
        self.clear(Name::Resume, &path);
    }

    /// The interaction that a page or an API is about, by the client that it names.
    pub(crate) fn interaction(&self, client: Option<&str>) -> Option<InteractionUid> {
        interaction::pick(self.get(Name::Interaction)?, client)
    }

    /// What the page of the device flow puts into its form.
    pub(crate) fn device_xsrf(&self) -> Option<&str> {
        self.presented.first(&Name::DeviceXsrf.of(self.state.tenant()))
    }

    /// Keeps a value for a form of ours and for the page that shows it, which live below different paths.
    pub(crate) fn keep_device_xsrf(&mut self, value: &str, max_age: Duration) {
        let base = self.state.base_path().to_owned();
        let (page, form) = (format!("{base}/device"), format!("{base}/oidc/device"));
        let kept = Attributes { max_age: Some(max_age), ..Attributes::default() };
        self.set(Name::DeviceForm, value, &Attributes { path: &form, ..kept });
        let name = Name::DeviceXsrf.of(self.state.tenant());
        let attributes = self.complete(&Attributes { path: &page, readable: true, ..kept });
        self.set.push(signed::line(&name, value, &attributes));
    }

    pub(crate) fn set(&mut self, name: Name, value: &str, attributes: &Attributes<'_>) {
        let name = name.of(self.state.tenant());
        let signature = self.keys.sign(&name, value);
        let attributes = self.complete(attributes);
        self.set.push(signed::line(&name, value, &attributes));
        self.set.push(signed::line(&format!("{name}.sig"), &signature, &attributes));
    }

    pub(crate) fn clear(&mut self, name: Name, path: &str) {
        let attributes = Attributes { path, max_age: Some(Duration::ZERO), ..Attributes::default() };
        self.set(name, "", &attributes);
    }

    fn complete<'a>(&self, attributes: &Attributes<'a>) -> Attributes<'a> {
        Attributes { secure: self.state.endpoint.starts_with("https:"), ..*attributes }
    }

    fn resume_path(&self, flow: &str, uid: &str) -> String {
        format!("{}/oidc/{flow}/{uid}", self.state.base_path())
    }

    /// Adds what was set to an answer.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        for line in self.set {
            // Values are URL-safe or percent-encoded, so a line is always a header value.
            if let Ok(value) = line.parse() {
                headers.append(SET_COOKIE, value);
            }
        }
    }
}
