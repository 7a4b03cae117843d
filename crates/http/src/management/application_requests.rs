//! What the routes of applications take in, and the rules between an application's type and its settings.

use super::application_list::kind;
use super::application_metadata::{
    custom_client_metadata, default_oidc_client_metadata, oidc_client_metadata, protected_app_changes, wrong_keys,
};
use crate::error::ApiError;
use crate::extract::shape::compound::json_object;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::kept::members;
use crate::extract::shape::scalar::{boolean, text};
use crate::extract::shape::{Fields, FromFields, Patch};
use serde_json::{Map, Value};
use signet_core::application::{Application, ApplicationType};
use signet_core::error_code::ErrorCode;
use signet_core::id::ApplicationId;
use signet_core::time::Timestamp;
use utoipa::ToSchema;

type Json = Map<String, Value>;

const MAX_NAME: usize = 256;

/// Body of `POST /applications`.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct CreateApplication {
    #[schema(max_length = 256)]
    name: String,
    #[schema(value_type = String, rename = "type")]
    kind: ApplicationType,
    description: Option<String>,
    #[schema(value_type = Option<Object>)]
    oidc_client_metadata: Option<Json>,
    #[schema(value_type = Option<Object>)]
    custom_client_metadata: Option<Json>,
    #[schema(value_type = Option<Object>)]
    protected_app_metadata: Option<Json>,
    #[schema(value_type = Option<Object>)]
    custom_data: Option<Json>,
    is_third_party: Option<bool>,
}

impl FromFields for CreateApplication {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.required("name", text().min(1).max(MAX_NAME));
        let kind = fields.required("type", kind());
        let description = fields.nullish("description", text());
        let oidc_client_metadata = client_metadata(fields);
        let custom_client_metadata = fields.optional("customClientMetadata", custom_client_metadata());
        let protected = members().required("subDomain", text()).required("origin", text());
        let protected_app_metadata = fields.optional("protectedAppMetadata", protected);
        let custom_data = fields.optional("customData", json_object());
        let is_third_party = fields.optional("isThirdParty", boolean());
        Ok(Self {
            name: name?,
            kind: kind?,
            description: description?,
            oidc_client_metadata: oidc_client_metadata?,
            custom_client_metadata: custom_client_metadata?,
            protected_app_metadata: protected_app_metadata?,
            custom_data: custom_data?,
            is_third_party: is_third_party?,
        })
    }
}

impl CreateApplication {
    /// The application that is asked for, if its type may have such settings.
    pub(super) fn into_application(self, id: ApplicationId, now: Timestamp) -> Result<Application, ApiError> {
        let custom_client_metadata = self.custom_client_metadata.unwrap_or_default();
        refuse_saml(self.kind)?;
        if flag(&custom_client_metadata, "isDeviceFlow") && self.kind != ApplicationType::Native {
            return Err(ErrorCode::ApplicationDeviceFlowNativeOnly.into());
        }
        if self.kind == ApplicationType::Protected {
            // Its host is below a domain of a service that a plain installation does not have.
            let missing = self.protected_app_metadata.is_none();
            let code = if missing { ErrorCode::ApplicationProtectedMetadataRequired } else { NO_PROTECTED_APPS };
            return Err(code.into());
        }
        let application = Application {
            id,
            name: self.name,
            description: self.description,
            kind: self.kind,
            oidc_client_metadata: self.oidc_client_metadata.unwrap_or_else(default_oidc_client_metadata),
            custom_client_metadata,
            protected_app_metadata: None,
            custom_data: self.custom_data.unwrap_or_default(),
            is_third_party: self.is_third_party.unwrap_or(false),
            app_level_access_control_enabled: false,
            created_at: now,
        };
        check(&application)?;
        Ok(application)
    }
}

const NO_PROTECTED_APPS: ErrorCode = ErrorCode::ApplicationProtectedNotConfigured;

/// Body of `PATCH /applications/{id}`. The type never changes, nor whether the application is a third party's.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct UpdateApplication {
    #[schema(max_length = 256)]
    name: Option<String>,
    #[schema(value_type = Option<String>)]
    description: Patch<String>,
    #[schema(value_type = Option<Object>)]
    oidc_client_metadata: Option<Json>,
    #[schema(value_type = Option<Object>)]
    custom_client_metadata: Option<Json>,
    #[schema(value_type = Option<Object>)]
    protected_app_metadata: Option<Json>,
    #[schema(value_type = Option<Object>)]
    custom_data: Option<Json>,
    app_level_access_control_enabled: Option<bool>,
    /// Deprecated: gives or takes the role `#internal:admin`.
    pub(super) is_admin: Option<bool>,
}

impl FromFields for UpdateApplication {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.optional("name", text().min(1).max(MAX_NAME));
        let description = fields.patch("description", text());
        let oidc_client_metadata = client_metadata(fields);
        let custom_client_metadata = fields.optional("customClientMetadata", custom_client_metadata());
        let protected_app_metadata = fields.nullish("protectedAppMetadata", protected_app_changes());
        let custom_data = fields.optional("customData", json_object());
        let access_control = fields.optional("appLevelAccessControlEnabled", boolean());
        let is_admin = fields.optional("isAdmin", boolean());
        Ok(Self {
            name: name?,
            description: description?,
            oidc_client_metadata: oidc_client_metadata?,
            custom_client_metadata: custom_client_metadata?,
            protected_app_metadata: protected_app_metadata?,
            custom_data: custom_data?,
            app_level_access_control_enabled: access_control?,
            is_admin: is_admin?,
        })
    }
}

impl UpdateApplication {
    /// What the application's ID tokens shall be signed with, when the request says so.
    pub(super) fn id_token_algorithm(&self) -> Option<&str> {
        self.oidc_client_metadata.as_ref()?.get("idTokenSignedResponseAlg")?.as_str()
    }

    /// Whether only whom a rule matches shall use the application.
    pub(super) fn controls_access(&self) -> bool {
        self.app_level_access_control_enabled == Some(true)
    }

    /// Changes what was stored, if its type may have such settings. JSON is replaced, except a protected
    /// application's.
    pub(super) fn apply(self, application: &mut Application) -> Result<(), ApiError> {
        refuse_saml(application.kind)?;
        if let Some(metadata) = self.custom_client_metadata {
            application.custom_client_metadata = keep_device_flow(&application.custom_client_metadata, metadata)?;
        }
        if let Some(changes) = self.protected_app_metadata {
            let metadata = application.protected_app_metadata.as_mut();
            metadata.ok_or(ErrorCode::ApplicationProtectedOnly)?.extend(changes);
        }
        self.description.apply(&mut application.description);
        replace(&mut application.name, self.name);
        replace(&mut application.oidc_client_metadata, self.oidc_client_metadata);
        replace(&mut application.custom_data, self.custom_data);
        replace(&mut application.app_level_access_control_enabled, self.app_level_access_control_enabled);
        check(application)
    }
}

fn client_metadata(fields: &mut Fields<'_>) -> Result<Option<Json>, Noted> {
    const NAME: &str = "oidcClientMetadata";
    let metadata = fields.optional(NAME, oidc_client_metadata())?;
    match metadata.as_ref().and_then(wrong_keys) {
        Some(wrong) => Err(fields.refuse(NAME, wrong)),
        None => Ok(metadata),
    }
}

fn replace<T>(stored: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *stored = given;
    }
}

/// The flag stands once the application exists: it decides the grants. Not naming it does not drop it.
fn keep_device_flow(stored: &Json, mut given: Json) -> Result<Json, ApiError> {
    const FLAG: &str = "isDeviceFlow";
    match (stored.get(FLAG), given.contains_key(FLAG)) {
        (_, true) if flag(&given, FLAG) != flag(stored, FLAG) => {
            Err(ErrorCode::ApplicationDeviceFlowNotChangeable.into())
        }
        (Some(flag), false) => {
            given.insert(FLAG.to_owned(), flag.clone());
            Ok(given)
        }
        _ => Ok(given),
    }
}

fn flag(metadata: &Json, name: &str) -> bool {
    metadata.get(name).is_some_and(|value| *value == true)
}

/// SAML applications have routes of their own.
pub(super) fn refuse_saml(kind: ApplicationType) -> Result<(), ApiError> {
    if kind == ApplicationType::Saml { Err(ErrorCode::ApplicationSamlUseSamlApi.into()) } else { Ok(()) }
}

/// Rules of a whole application, whether it is new or changed.
fn check(application: &Application) -> Result<(), ApiError> {
    if application.is_third_party {
        if !application.kind.may_be_third_party() {
            return Err(ErrorCode::ApplicationInvalidThirdPartyType.into());
        }
        if flag(&application.custom_client_metadata, "allowTokenExchange") {
            return Err(ErrorCode::ApplicationThirdPartyTokenExchange.into());
        }
    }
    let names_method = application.oidc_client_metadata.contains_key("tokenEndpointAuthMethod");
    if names_method && !application.kind.is_confidential() {
        return Err(ApiError::invalid_request("Public clients do not authenticate at the token endpoint."));
    }
    Ok(())
}
