//! What a consent page shows, in words: who asks whom, for what, and in which organizations.

use crate::pages::consent::{Application, Consent as Shown, Group, Organization, Permission, Person};
use crate::pages::experience::web_address;
use crate::pages::frame::Frame;
use serde_json::Value;
use signet_core::user::User;
use signet_oidc::authorize::consent::Consent;
use signet_oidc::authorize::consent::missing::{Missing, MissingInOrganization, MissingScopes, NamedScope};

pub(super) fn shown(frame: &Frame, consent: &Consent, missing: Missing, csrf: String) -> Shown {
    let user = consent.user();
    let data: Vec<_> = consent.missing_openid().iter().map(|scope| user_data(frame, user, scope)).collect();
    let own =
        (!data.is_empty()).then(|| Group { name: frame.t("description.user_scopes").to_owned(), permissions: data });
    // Permissions of organizations stand with the organizations, unless there is none to choose.
    let chooses = !missing.organizations.is_empty();
    let apis = missing.own.into_iter().filter(|missing| !(chooses && missing.is_about_organizations()));
    let apis = apis.map(|missing| group(frame, missing));
    Shown {
        csrf,
        application: application(consent),
        person: person(user),
        groups: own.into_iter().chain(apis).collect(),
        organizations: missing.organizations.into_iter().map(organization).collect(),
        redirect_uri: consent.redirect_uri().map(str::to_owned),
    }
}

fn application(consent: &Consent) -> Application {
    let look = &consent.appearance;
    let picture = |name| look.branding.get(name).and_then(Value::as_str).and_then(web_address);
    let (logo, dark_logo) = (picture("logoUrl"), picture("darkLogoUrl"));
    let name = look.display_name.clone().filter(|name| !name.trim().is_empty());
    Application {
        name: name.unwrap_or_else(|| consent.client.application.name.clone()),
        logo: logo.clone().or_else(|| dark_logo.clone()),
        dark_logo: logo.and(dark_logo),
        terms_of_use: look.terms_of_use_url.as_deref().and_then(web_address),
        privacy_policy: look.privacy_policy_url.as_deref().and_then(web_address),
        host: None,
    }
}

fn group(frame: &Frame, missing: MissingScopes) -> Group {
    let name = if missing.is_about_organizations() {
        frame.t("description.authorize_organization_permissions").to_owned()
    } else {
        missing.resource.name
    };
    Group { name, permissions: missing.scopes.into_iter().map(permission).collect() }
}

fn organization(missing: MissingInOrganization) -> Organization {
    let permissions = missing.scopes.into_iter().flat_map(|missing| missing.scopes).map(permission).collect();
    Organization { id: missing.id.to_string(), name: missing.name, permissions }
}

/// A scope of user data, with what it would tell as far as that is one line.
fn user_data(frame: &Frame, user: &User, scope: &str) -> Permission {
    let detail = match scope {
        "email" => user.primary_email.clone(),
        "phone" => user.primary_phone.as_ref().map(|digits| format!("+{digits}")),
        _ => None,
    };
    Permission { detail, ..Permission::of_user_scope(frame, scope) }
}

fn permission(scope: NamedScope) -> Permission {
    match scope.description.filter(|text| !text.trim().is_empty()) {
        Some(text) => Permission { text, detail: Some(scope.name) },
        None => Permission { text: scope.name, detail: None },
    }
}

fn person(user: &User) -> Person {
    let phone = user.primary_phone.as_ref().map(|digits| format!("+{digits}"));
    let names = [&user.name, &user.username, &user.primary_email, &phone];
    let mut names = names.into_iter().flatten().filter(|name| !name.trim().is_empty()).cloned();
    let name = names.next().unwrap_or_else(|| user.id.to_string());
    Person { name, other: names.next() }
}
