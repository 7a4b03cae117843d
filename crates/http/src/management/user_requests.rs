//! What requests about users hold.

use crate::error::ApiError;
use crate::extract::search::SearchFields;
use crate::extract::shape::compound::json_object;
use crate::extract::shape::issue::{Issues, Noted};
use crate::extract::shape::kept::{Members, members};
use crate::extract::shape::scalar::{Text, flag, one_of, text, url};
use crate::extract::shape::{Fields, FromFields, Patch, Shape};
use serde_json::{Map, Value};
use signet_core::error_code::ErrorCode;
use signet_core::id::UserId;
use signet_core::secret::Plain;
use signet_core::time::Timestamp;
use signet_core::user::{PasswordHash, PasswordMethod, User};
use signet_identity::identifier::{Email, Phone, Username};
use signet_identity::password::{UnusableHash, check_usable};
use signet_storage::UserFilter;
use std::borrow::Cow;
use utoipa::{IntoParams, ToSchema};

type Json = Map<String, Value>;

const LONGEST_NAME: usize = 128;
const LONGEST_AVATAR: usize = 2048;

/// The fields that `search` is about.
#[derive(Debug, Clone)]
pub(super) struct SearchableUser;

impl SearchFields for SearchableUser {
    const FIELDS: &'static [&'static str] = &["id", "primaryEmail", "primaryPhone", "username", "name"];
}

/// Query of `GET /users`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(super) struct ListFilter {
    /// Leaves out the users who hold this role.
    exclude_role_id: Option<String>,
    /// Leaves out the members of this organization. Not together with `excludeRoleId`.
    exclude_organization_id: Option<String>,
    /// Adds `passwordDigest` and `passwordAlgorithm`.
    #[param(value_type = Option<String>)]
    pub(super) include_password_hash: bool,
}

impl FromFields for ListFilter {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let exclude_role_id = fields.optional("excludeRoleId", text());
        let exclude_organization_id = fields.optional("excludeOrganizationId", text());
        let include_password_hash = fields.optional("includePasswordHash", flag());
        Ok(Self {
            exclude_role_id: exclude_role_id?,
            exclude_organization_id: exclude_organization_id?,
            include_password_hash: include_password_hash?.unwrap_or(false),
        })
    }
}

impl ListFilter {
    pub(super) fn into_stored(self) -> Result<UserFilter, ApiError> {
        if self.exclude_role_id.is_some() && self.exclude_organization_id.is_some() {
            return Err(ApiError::invalid_request("Exclude a role or an organization, not both."));
        }
        // An id that breaks the grammar is nobody's, so it excludes nobody.
        let without_role = self.exclude_role_id.and_then(|id| id.parse().ok());
        let without_organization = self.exclude_organization_id.and_then(|id| id.parse().ok());
        Ok(UserFilter { without_role, without_organization, ..UserFilter::default() })
    }
}

/// Query of `GET /users/{userId}`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(super) struct Including {
    /// Adds `ssoIdentities`.
    #[param(value_type = Option<String>)]
    pub(super) include_sso_identities: bool,
    /// Adds `passwordDigest` and `passwordAlgorithm`.
    #[param(value_type = Option<String>)]
    pub(super) include_password_hash: bool,
}

impl FromFields for Including {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let sso = fields.optional("includeSsoIdentities", flag());
        let hash = fields.optional("includePasswordHash", flag());
        Ok(Self { include_sso_identities: sso?.unwrap_or(false), include_password_hash: hash?.unwrap_or(false) })
    }
}

/// Body of `POST /users`.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct CreateUser {
    #[schema(nullable = false, max_length = 128)]
    username: Option<String>,
    #[schema(nullable = false, max_length = 254)]
    primary_email: Option<String>,
    /// Digits of country code and number.
    #[schema(nullable = false, max_length = 15)]
    primary_phone: Option<String>,
    #[schema(value_type = Option<String>, nullable = false, min_length = 1)]
    password: Option<Plain>,
    /// A hash that was made elsewhere, instead of a password.
    #[schema(nullable = false, max_length = 256)]
    password_digest: Option<String>,
    /// `Argon2i`, `Argon2id`, `Argon2d`, `SHA1`, `SHA256`, `MD5`, `Bcrypt` or `Legacy`.
    #[schema(value_type = Option<String>, nullable = false)]
    password_algorithm: Option<PasswordMethod>,
    #[schema(nullable = false, max_length = 128)]
    name: Option<String>,
    /// A URL.
    avatar: Option<String>,
    #[schema(value_type = Option<Object>, nullable = false)]
    custom_data: Option<Json>,
    #[schema(value_type = Option<Object>, nullable = false)]
    profile: Option<Json>,
}

impl FromFields for CreateUser {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let username = fields.optional("username", username());
        let primary_email = fields.optional("primaryEmail", email());
        let primary_phone = fields.optional("primaryPhone", phone());
        let password = fields.optional("password", text().min(1));
        let password_digest = fields.optional("passwordDigest", text().max(256));
        let method = one_of(&PasswordMethod::ALL, PasswordMethod::as_str);
        let password_algorithm = fields.optional("passwordAlgorithm", method);
        let name = fields.optional("name", text().max(LONGEST_NAME));
        let avatar = fields.nullish("avatar", OrEmpty(avatar()));
        let custom_data = fields.optional("customData", json_object());
        let profile = fields.optional("profile", profile());
        Ok(Self {
            username: username?,
            primary_email: primary_email?,
            primary_phone: primary_phone?,
            password: password?.map(Plain::new),
            password_digest: password_digest?,
            password_algorithm: password_algorithm?,
            name: name?,
            avatar: avatar?.flatten(),
            custom_data: custom_data?,
            profile: profile?,
        })
    }
}

/// The password of a new user.
pub(super) enum NewPassword {
    Plain(Plain),
    Hashed(PasswordHash),
}

impl CreateUser {
    /// The password, taken out.
    pub(super) fn take_password(&mut self) -> Result<Option<NewPassword>, ApiError> {
        match (self.password.take(), self.password_digest.take(), self.password_algorithm) {
            (Some(_), Some(_), _) => Err(ErrorCode::UserPasswordAndDigest.into()),
            (Some(password), None, _) => Ok(Some(NewPassword::Plain(password))),
            (None, None, _) => Ok(None),
            (None, Some(_), None) => Err(ErrorCode::UserPasswordAlgorithmRequired.into()),
            (None, Some(digest), Some(method)) => {
                let hash = PasswordHash { method, digest };
                check_usable(&hash).map_err(|unusable| refused_hash(method, unusable))?;
                Ok(Some(NewPassword::Hashed(hash)))
            }
        }
    }

    pub(super) fn into_user(self, id: UserId, now: Timestamp) -> Result<User, ApiError> {
        check_phone(self.primary_phone.as_deref())?;
        Ok(User {
            username: self.username,
            primary_email: self.primary_email,
            primary_phone: self.primary_phone,
            name: self.name,
            avatar: self.avatar,
            custom_data: self.custom_data.unwrap_or_default(),
            profile: self.profile.unwrap_or_default(),
            ..User::new(id, now)
        })
    }
}

fn refused_hash(method: PasswordMethod, unusable: UnusableHash) -> ApiError {
    match unusable {
        UnusableHash::LegacyFormat => ErrorCode::PasswordInvalidLegacyFormat.into(),
        UnusableHash::LegacyAlgorithm(algorithm) => {
            ApiError::new(ErrorCode::PasswordUnsupportedLegacyAlgorithm).with("algorithm", &algorithm)
        }
        UnusableHash::Unreadable => ApiError::new(ErrorCode::PasswordUnsupportedMethod).with("name", method.as_str()),
    }
}

/// Body of `PATCH /users/{userId}`. An empty text takes a value away, as `null` does.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct UpdateUser {
    #[schema(value_type = Option<String>, max_length = 128)]
    username: Patch<String>,
    #[schema(value_type = Option<String>, max_length = 254)]
    primary_email: Patch<String>,
    #[schema(value_type = Option<String>, max_length = 15)]
    primary_phone: Patch<String>,
    #[schema(value_type = Option<String>, max_length = 128)]
    name: Patch<String>,
    /// A URL.
    #[schema(value_type = Option<String>)]
    avatar: Patch<String>,
    /// Replaces the whole.
    #[schema(value_type = Option<Object>, nullable = false)]
    custom_data: Option<Json>,
    /// Replaces the whole.
    #[schema(value_type = Option<Object>, nullable = false)]
    profile: Option<Json>,
}

impl FromFields for UpdateUser {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let username = clearable(fields, "username", username());
        let primary_email = clearable(fields, "primaryEmail", email());
        let primary_phone = clearable(fields, "primaryPhone", phone());
        let name = clearable(fields, "name", text().max(LONGEST_NAME));
        let avatar = clearable(fields, "avatar", avatar());
        let custom_data = fields.optional("customData", json_object());
        let profile = fields.optional("profile", profile());
        Ok(Self {
            username: username?,
            primary_email: primary_email?,
            primary_phone: primary_phone?,
            name: name?,
            avatar: avatar?,
            custom_data: custom_data?,
            profile: profile?,
        })
    }
}

impl UpdateUser {
    /// Whether it gives a username.
    pub(super) fn names(&self) -> bool {
        matches!(self.username, Patch::Set(_))
    }

    pub(super) fn apply(self, user: &mut User) -> Result<(), ApiError> {
        if let Patch::Set(phone) = &self.primary_phone {
            check_phone(Some(phone))?;
        }
        self.username.apply(&mut user.username);
        self.primary_email.apply(&mut user.primary_email);
        self.primary_phone.apply(&mut user.primary_phone);
        self.name.apply(&mut user.name);
        self.avatar.apply(&mut user.avatar);
        if let Some(custom_data) = self.custom_data {
            user.custom_data = custom_data;
        }
        if let Some(profile) = self.profile {
            user.profile = profile;
        }
        Ok(())
    }
}

/// Digits that are no phone number are told apart from what has no digits.
fn check_phone(phone: Option<&str>) -> Result<(), ApiError> {
    let is_valid = phone.is_none_or(|phone| phone.parse::<Phone>().is_ok());
    if is_valid { Ok(()) } else { Err(ErrorCode::UserInvalidPhone.into()) }
}

fn username() -> Text {
    text().max(LONGEST_NAME).matching("regex", "Invalid", |text| text.parse::<Username>().is_ok())
}

fn email() -> Text {
    text().matching("regex", "Invalid", |text| text.parse::<Email>().is_ok())
}

fn phone() -> Text {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text().matching("regex", "Invalid", is_digits)
}

fn avatar() -> Text {
    url().max(LONGEST_AVATAR)
}

/// Standard claims under their camelCase names. Others are dropped.
pub(crate) fn profile() -> Members {
    let names = &[
        "familyName",
        "givenName",
        "middleName",
        "nickname",
        "preferredUsername",
        "profile",
        "website",
        "gender",
        "birthdate",
        "zoneinfo",
        "locale",
    ];
    let address = &["formatted", "streetAddress", "locality", "region", "postalCode", "country"];
    members().optionals(names, text).optional("address", members().optionals(address, text))
}

fn clearable(fields: &mut Fields<'_>, name: &str, shape: Text) -> Result<Patch<String>, Noted> {
    Ok(match fields.patch(name, OrEmpty(shape))? {
        Patch::Keep => Patch::Keep,
        Patch::Clear | Patch::Set(None) => Patch::Clear,
        Patch::Set(Some(value)) => Patch::Set(value),
    })
}

/// An empty text stands for nothing, whatever others have to look like.
struct OrEmpty(Text);

impl Shape for OrEmpty {
    type Out = Option<String>;

    fn expected(&self) -> Cow<'static, str> {
        self.0.expected()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Option<String>, Noted> {
        if value == "" {
            return Ok(None);
        }
        self.0.read(value, issues).map(Some)
    }
}
