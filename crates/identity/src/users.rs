//! What happens to people as a whole: they are made, suspended and deleted, and what hangs on them goes along.
//!
//! Each function works inside a transaction of its caller.

use signet_core::id::UserId;
use signet_core::one_time_token::OneTimeTokenContext;
use signet_core::random::Rng;
use signet_core::time::Timestamp;
use signet_core::user::{PasswordHash, User};
use signet_storage::{StoreError, Tx};

/// An id that nobody has. Twelve characters are few enough to look.
pub async fn new_id(tx: &Tx, rng: &dyn Rng) -> Result<UserId, StoreError> {
    loop {
        let id = UserId::random(rng);
        if tx.user(&id).await?.is_none() {
            return Ok(id);
        }
    }
}

/// Stores a new person, with the roles that every new one gets.
pub async fn create(tx: &mut Tx, user: &mut User, password: Option<&PasswordHash>) -> Result<(), StoreError> {
    tx.insert_user(user).await?;
    if let Some(password) = password {
        tx.set_user_password(&user.id, password, user.created_at).await?;
        user.has_password = true;
        user.password_updated_at = Some(user.created_at);
    }
    for role in tx.default_user_roles().await? {
        tx.assign_role_to_user(&user.id, &role.id).await?;
    }
    Ok(())
}

/// Makes somebody who just registered a member of the organizations that their email domain belongs to.
///
/// Accounts that administrators make join nothing.
pub async fn join_by_email(tx: &mut Tx, user: &User) -> Result<(), StoreError> {
    let Some((_, domain)) = user.primary_email.as_deref().and_then(|email| email.rsplit_once('@')) else {
        return Ok(());
    };
    for organization in tx.organizations_of_email_domain(domain).await? {
        tx.provision_organization_user(&organization, &user.id).await?;
    }
    Ok(())
}

/// Makes somebody, new or not, a member of the organizations that their one-time token leads to. One that was deleted
/// since is left out: the person signs in all the same.
pub async fn join_by_token(tx: &mut Tx, user: &UserId, context: &OneTimeTokenContext) -> Result<(), StoreError> {
    for text in context.jit_organization_ids.iter().flatten() {
        let Ok(organization) = text.parse() else { continue };
        // Taken, so that nobody deletes it before the person has joined.
        if tx.take_organization(&organization).await?.is_some() {
            tx.provision_organization_user(&organization, user).await?;
        }
    }
    Ok(())
}

/// Suspends somebody or ends a suspension. What a suspended person had open is closed at once and stays closed.
pub async fn set_suspended(
    tx: &mut Tx,
    id: &UserId,
    is_suspended: bool,
    now: Timestamp,
) -> Result<Option<User>, StoreError> {
    let Some(mut user) = tx.take_user(id, now).await? else { return Ok(None) };
    user.is_suspended = is_suspended;
    tx.update_user(&user).await?;
    if is_suspended {
        tx.revoke_everything_of_user(id).await?;
    }
    Ok(Some(user))
}

/// Deletes somebody with everything they had. Whether there was anybody.
pub async fn delete(tx: &mut Tx, id: &UserId) -> Result<bool, StoreError> {
    tx.revoke_everything_of_user(id).await?;
    tx.delete_user(id).await
}
