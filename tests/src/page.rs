//! Hosted pages as somebody meets them who fills in forms and has no script.

use crate::answer::Answer;
use crate::browser::Browser;
use crate::signet::Signet;
use serde_json::{Value, json};
use signet_core::id::TenantId;
use url::form_urlencoded;

impl Signet {
    /// Somebody who signs in with a username and a password.
    pub async fn member(&self, username: &str, password: &str) -> Value {
        self.api("POST", "/users", json!({"username": username, "password": password})).await.expect(200)
    }

    /// Sets members of the tenant's sign-in experience.
    pub async fn experience(&self, members: Value) {
        let mut tx = self.app.store.tenant(TenantId::default_tenant()).write().await.unwrap();
        tx.put_config("signInExperience", &members).await.unwrap();
        tx.commit().await.unwrap();
    }
}

impl Browser<'_> {
    /// Sends the form of a page with what it holds already and these fields.
    pub async fn submit(&self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        let hidden = page.hidden_fields();
        form.extend_pairs(hidden.iter().filter(|(name, _)| fields.iter().all(|(other, _)| other != name)));
        form.extend_pairs(fields);
        self.post(&page.form_action(), &form.finish()).await
    }

    /// Opens the first page of a sign-in.
    pub async fn opens(&self, client: &crate::Client, extra: &[(&str, &str)]) -> Answer {
        let first = self.authorize(client, extra).await;
        self.get(first.header("location")).await
    }

    /// Goes on from a page that leads on by itself.
    pub async fn goes_on(&self, page: &Answer) -> Answer {
        let url = page.leads_to();
        let next = self.get(url.strip_prefix("https://id.example").unwrap_or(&url)).await;
        self.follow(next).await
    }
}

impl Answer {
    /// The text between two marks, the first time that it occurs.
    pub fn between(&self, start: &str, end: &str) -> Option<String> {
        let (_, rest) = self.text.split_once(start)?;
        Some(unescaped(rest.split_once(end)?.0))
    }

    /// What a page says above its form.
    #[track_caller]
    pub fn says(&self, text: &str) {
        assert!(unescaped(&self.text).contains(text), "answered {} {}", self.status, self.text);
    }

    /// Where a page leads without being asked.
    #[track_caller]
    pub fn leads_to(&self) -> String {
        let refresh = self.between("http-equiv=\"refresh\" content=\"0; url=", "\"");
        refresh.unwrap_or_else(|| panic!("leads nowhere: {} {}", self.status, self.text))
    }

    /// The address of the first form.
    #[track_caller]
    pub fn form_action(&self) -> String {
        self.between("<form method=\"post\" action=\"", "\"").unwrap_or_else(|| panic!("no form in {}", self.text))
    }

    /// Hidden fields of the first form.
    pub fn hidden_fields(&self) -> Vec<(String, String)> {
        let form = self.between("<form", "</form>").unwrap_or_default();
        let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
        let pair = |input: &str| {
            let (name, rest) = input.split_once("\" value=\"")?;
            Some((name.to_owned(), rest.split_once('"')?.0.to_owned()))
        };
        inputs.filter_map(pair).collect()
    }
}

fn unescaped(text: &str) -> String {
    let entities = [("&#38;", "&"), ("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'")];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}
