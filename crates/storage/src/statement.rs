//! Statements are constants in a catalogue, so that a test can prepare each on both databases and see that none
//! forgets its tenant: `$1` is always the tenant id, bound by [`crate::store`] and by nobody else.

/// One SQL text for both databases.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Statement(pub(crate) &'static str);

/// A statement with its name, for tests.
#[derive(Debug, Clone, Copy)]
pub struct Catalogued {
    pub name: &'static str,
    pub sql: &'static str,
}

/// Declares the statements of a module and lists them in its `CATALOGUE`.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: $crate::statement::Statement = $crate::statement::Statement($sql);)*
        pub(crate) const CATALOGUE: &[$crate::statement::Catalogued] =
            &[$($crate::statement::Catalogued { name: stringify!($name), sql: $sql }),*];
    };
}
pub(crate) use statements;

/// Every statement of this crate that names a tenant's table.
pub fn catalogue() -> Vec<Catalogued> {
    let modules: &[&[Catalogued]] = &[
        &crate::audit::catalogue(),
        crate::entity::access_token::CATALOGUE,
        crate::entity::appearance::CATALOGUE,
        crate::entity::application::CATALOGUE,
        crate::entity::application_access::CATALOGUE,
        crate::entity::application_secret::CATALOGUE,
        crate::entity::assertion::CATALOGUE,
        crate::entity::authorization_code::CATALOGUE,
        crate::entity::backed::CATALOGUE,
        crate::entity::config::CATALOGUE,
        crate::entity::device_code::CATALOGUE,
        crate::entity::consent_scope::CATALOGUE,
        crate::entity::consented_organization::CATALOGUE,
        crate::entity::custom_phrase::CATALOGUE,
        crate::entity::grant::CATALOGUE,
        crate::entity::held_role::CATALOGUE,
        crate::entity::interaction::CATALOGUE,
        crate::entity::member_scope::CATALOGUE,
        crate::entity::membership::CATALOGUE,
        crate::entity::invitation::CATALOGUE,
        crate::entity::one_time_token::CATALOGUE,
        crate::entity::organization::CATALOGUE,
        crate::entity::organization_application::CATALOGUE,
        crate::entity::organization_jit::CATALOGUE,
        crate::entity::organization_role::CATALOGUE,
        crate::entity::organization_role_scope::CATALOGUE,
        crate::entity::organization_scope::CATALOGUE,
        crate::entity::organization_user::CATALOGUE,
        crate::entity::own_proof::CATALOGUE,
        crate::entity::personal_access_token::CATALOGUE,
        crate::entity::pushed_request::CATALOGUE,
        crate::entity::refresh_token::CATALOGUE,
        crate::entity::resource::CATALOGUE,
        crate::entity::role::CATALOGUE,
        crate::entity::scope::CATALOGUE,
        crate::entity::script::CATALOGUE,
        crate::entity::sentinel::CATALOGUE,
        crate::entity::sent_message::CATALOGUE,
        crate::entity::session::CATALOGUE,
        crate::entity::signing_key::CATALOGUE,
        crate::entity::statistics::CATALOGUE,
        crate::entity::subject_token::CATALOGUE,
        crate::entity::tenant::CATALOGUE,
        crate::entity::user::CATALOGUE,
        crate::entity::user_identity::CATALOGUE,
        crate::entity::user_role::CATALOGUE,
        crate::entity::verification_code::CATALOGUE,
    ];
    modules.concat()
}
