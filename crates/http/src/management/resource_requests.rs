//! What requests about API resources hold.

use crate::extract::shape::compound::checked;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{Integer, boolean, flag, integer, text};
use crate::extract::shape::{Fields, FromFields, Shape};
use utoipa::{IntoParams, ToSchema};

/// Longest indicator in bytes. It is a key of an index, whose entries are bounded.
const MAX_INDICATOR: usize = 2048;

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(super) struct ListOptions {
    /// `true` to get each resource with its scopes.
    pub(super) include_scopes: Option<bool>,
}

impl FromFields for ListOptions {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { include_scopes: fields.optional("includeScopes", flag())? })
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct CreateResource {
    pub(super) name: String,
    pub(super) indicator: String,
    #[schema(nullable = false)]
    pub(super) access_token_ttl: Option<i64>,
}

impl FromFields for CreateResource {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.required("name", text().min(1));
        let indicator = fields.required("indicator", indicator());
        let access_token_ttl = fields.optional("accessTokenTtl", seconds());
        Ok(Self { name: name?, indicator: indicator?, access_token_ttl: access_token_ttl? })
    }
}

fn indicator() -> impl Shape<Out = String> {
    checked(text().min(1), "must not be longer than 2048 bytes", |text| text.len() <= MAX_INDICATOR)
}

fn seconds() -> Integer {
    integer().min(1).max(i64::from(i32::MAX))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct UpdateResource {
    #[schema(nullable = false)]
    pub(super) name: Option<String>,
    #[schema(nullable = false)]
    pub(super) access_token_ttl: Option<i64>,
}

impl FromFields for UpdateResource {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.optional("name", text().min(1));
        let access_token_ttl = fields.optional("accessTokenTtl", seconds());
        Ok(Self { name: name?, access_token_ttl: access_token_ttl? })
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct UpdateIsDefault {
    pub(super) is_default: bool,
}

impl FromFields for UpdateIsDefault {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { is_default: fields.required("isDefault", boolean())? })
    }
}
