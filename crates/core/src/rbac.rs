//! Which scopes a token carries: what was asked for, cut down to what the subject holds, agreed to, and lets the
//! application have. Pure; storage loads the facts.
//!
//! A [`Rule`] says which facts count for a token, and [`Rule::scope`] turns them into its scopes. [`admission`] says
//! whether there is a token about an organization at all.

use crate::scope::Scope;

/// How far permissions reach. A setting of the tenant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// As Logto: a token that is about no organization carries what its person may do in any of them, and one that is
    /// about an organization carries what they may do everywhere.
    #[default]
    Compatible,
    /// A token about an organization says what holds there, and any other what holds everywhere.
    Strict,
}

impl Mode {
    pub const ALL: [Self; 2] = [Self::Compatible, Self::Strict];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Strict => "strict",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == text)
    }
}

/// Whose permissions they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Person,
    Machine,
}

/// What a token is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// An API resource.
    Resource,
    /// An API resource, in one organization.
    ResourceInOrganization,
    /// An organization itself. Its scopes are permissions of the organization template.
    Organization,
}

/// The organizations whose roles count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Organizations {
    None,
    /// The one that the token is about.
    OfToken,
    /// All of which the subject is a member. For an application that needs consent: those that were consented to.
    All,
}

/// Which facts decide. What does not count need not be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sources {
    /// Whether global roles count.
    pub global: bool,
    pub organizations: Organizations,
}

/// How the scopes of one token come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub holder: Holder,
    pub about: About,
    pub mode: Mode,
}

/// Scopes of what the token is about, by where they come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Of global roles.
    pub global: Scope,
    /// Of roles in the organizations that count.
    pub organizations: Scope,
}

/// What an application may have of anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Ceiling {
    /// Whatever its people hold: it belongs to the tenant.
    #[default]
    Open,
    /// A third-party application's consent configuration, for what the token is about. Each set cuts its own source: a
    /// scope that may be had of global roles may not be had of an organization's.
    Configured(Held),
}

/// What cuts down what is held.
#[derive(Debug, Clone, Copy)]
pub struct Limits<'l> {
    pub requested: &'l Scope,
    /// What was recorded at consent. `None` where no consent limits: machines, exchanges, permissions of organizations.
    pub agreed: Option<&'l Scope>,
    pub ceiling: &'l Ceiling,
}

/// Scopes that belong to OpenID Connect whatever a resource or an organization calls its own: they say what tokens
/// there are, not what a token may do.
const RESERVED: [&str; 2] = ["openid", "offline_access"];

impl Rule {
    pub const fn sources(self) -> Sources {
        match (self.holder, self.about, self.mode) {
            (Holder::Person, About::Resource, Mode::Compatible) => {
                Sources { global: true, organizations: Organizations::All }
            }
            (Holder::Person, About::Resource, Mode::Strict) | (Holder::Machine, About::Resource, _) => {
                Sources { global: true, organizations: Organizations::None }
            }
            (Holder::Person, About::ResourceInOrganization, Mode::Compatible) => {
                Sources { global: true, organizations: Organizations::OfToken }
            }
            (Holder::Person, About::ResourceInOrganization, Mode::Strict)
            | (Holder::Machine, About::ResourceInOrganization, _)
            | (_, About::Organization, _) => Sources { global: false, organizations: Organizations::OfToken },
        }
    }

    /// The scopes of the token, in the order in which they were asked for. What does not count is passed over, also
    /// when it was loaded.
    pub fn scope(self, held: &Held, limits: &Limits<'_>) -> Scope {
        let counted = limits.ceiling.cut(self.counted(held));
        let scope = limits.requested.intersect(&counted.global.union(&counted.organizations));
        let scope = match limits.agreed {
            Some(agreed) => scope.intersect(agreed),
            None => scope,
        };
        match self.holder {
            Holder::Person => scope.without(&RESERVED.into_iter().collect()),
            Holder::Machine => scope,
        }
    }

    fn counted(self, held: &Held) -> Held {
        let sources = self.sources();
        let or_none = |scope: &Scope, counts: bool| if counts { scope.clone() } else { Scope::default() };
        Held {
            global: or_none(&held.global, sources.global),
            organizations: or_none(&held.organizations, sources.organizations != Organizations::None),
        }
    }
}

impl Ceiling {
    /// What of this the application may have.
    #[must_use]
    pub fn cut(&self, held: Held) -> Held {
        match self {
            Self::Open => held,
            Self::Configured(most) => Held {
                global: held.global.intersect(&most.global),
                organizations: held.organizations.intersect(&most.organizations),
            },
        }
    }
}

/// How a person and the application that they use stand to an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub is_member: bool,
    /// Whether the person let the application act in this organization. `None`: it needs no consent.
    pub is_consented: Option<bool>,
    /// Whether the person has a second factor. `None`: the organization needs none.
    pub has_second_factor: Option<bool>,
    /// Whether the sign-in asked for organizations. `None`: no sign-in limits this request.
    pub asked_for_organizations: Option<bool>,
}

/// Why there is no token about an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotAdmitted {
    NotAMember,
    NotConsented,
    NoSecondFactor,
    OrganizationsNotAskedFor,
}

/// Whether a person may have a token about an organization, asked before anything is consumed. Of several reasons
/// against it the first is told.
pub fn admission(standing: Standing) -> Result<(), NotAdmitted> {
    if !standing.is_member {
        return Err(NotAdmitted::NotAMember);
    }
    if standing.is_consented == Some(false) {
        return Err(NotAdmitted::NotConsented);
    }
    if standing.has_second_factor == Some(false) {
        return Err(NotAdmitted::NoSecondFactor);
    }
    if standing.asked_for_organizations == Some(false) {
        return Err(NotAdmitted::OrganizationsNotAskedFor);
    }
    Ok(())
}

#[cfg(test)]
#[path = "rbac_tests.rs"]
mod tests;
