//! Every SQL statement of Signet, the migrations, and the caches in front of them.
//!
//! A [`Store`] is bound to one tenant with [`Store::tenant`]; everything after that carries the tenant id as `$1`.
//! Policy is decided elsewhere, time and randomness are handed in, and the network is PostgreSQL's only.

mod audit;
mod cache;
mod constraint;
mod db;
mod dialect;
mod entity;
mod error;
mod migrate;
mod row;
mod select;
mod statement;
mod statistics;
mod store;
mod value;
mod vault;

pub use audit::{Announced, AuditLog, LogFilter, LogRow};
pub use cache::{Cached, Topic};
pub use constraint::Constraint;
pub use db::{DatabaseUrl, PoolSettings, SqliteSync};
pub use entity::application::ApplicationFilter;
pub use entity::custom_phrase::CustomPhrases;
pub use entity::invitation::InvitationFilter;
pub use entity::member_scope::MemberScope;
pub use entity::one_time_token::OneTimeTokenFilter;
pub use entity::organization_role_scope::{GrantedResourceScope, GrantedScope};
pub use entity::organization_user::{OrganizationPeople, OrganizationPerson};
pub use entity::own_proof::{OwnProof, ProofKind};
pub use entity::pushed_request::PushedRequest;
pub use entity::role::{RoleFilter, RoleHolder, RoleUsage};
pub use entity::sentinel::{SentinelActivity, SentinelTally};
pub use entity::statistics::{DailyCount, HourlyCount};
pub use entity::user::UserFilter;
pub use entity::user_role::{RolePeople, RolePerson};
pub use error::StoreError;
pub use migrate::MigrationState;
pub use select::{Listed, Page};
pub use statement::{Catalogued, catalogue};
pub use store::{Reader, Store, StoreDeps, StoreSettings, TenantStore, Tx};
pub use vault::{Vault, VaultError};
