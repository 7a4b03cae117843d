//! The rules as a person would write them down: sets of names, a row of the table per line.

use std::collections::{BTreeMap, BTreeSet};

/// `read` is a scope of the API and a permission of organizations too.
pub(super) const API_SCOPES: [&str; 3] = ["read", "write", "delete"];
pub(super) const PERMISSIONS: [&str; 3] = ["read", "manage", "view"];
pub(super) const PEOPLE: usize = 2;
/// The subject after the people.
pub(super) const MACHINE: usize = PEOPLE;
pub(super) const PLACES: usize = 3;
pub(super) const ROLES: usize = 3;

pub(super) type Names = BTreeSet<&'static str>;

/// A small generator, so that a failure comes again.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    pub(super) fn some_of(&mut self, names: &[&'static str]) -> Names {
        names.iter().copied().filter(|_| self.below(3) > 0).collect()
    }
}

/// Which application people use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum App {
    /// The tenant's own.
    Own,
    /// A third party's.
    Foreign,
}

/// What the third party is configured to ask for.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// API scopes of global roles, and of roles in organizations.
    pub(super) own: Names,
    pub(super) in_places: Names,
    pub(super) permissions: Names,
}

#[derive(Default)]
pub(super) struct Model {
    pub(super) strict: bool,
    /// Of each organization role: permissions, and scopes of the API.
    pub(super) roles: [(Names, Names); ROLES],
    /// Who has which roles where.
    pub(super) members: BTreeMap<(usize, usize), BTreeSet<usize>>,
    /// Who has the global role, which grants `write`.
    pub(super) global: BTreeSet<usize>,
    pub(super) reach: Reach,
    /// Who let the third party into which organization.
    pub(super) consents: BTreeSet<(usize, usize)>,
}

/// What a token is asked for: the API or not, in an organization or not.
pub(super) type Asked = (bool, Option<usize>);

/// What a sign-in left: what was allowed for the API and for organizations, and whether organizations were asked for.
#[derive(Debug)]
pub(super) struct Agreed {
    pub(super) app: App,
    pub(super) api: Names,
    pub(super) permissions: Names,
    pub(super) organizations: bool,
}

impl Model {
    fn global(&self, app: App, who: usize) -> Names {
        let held = if self.global.contains(&who) { Names::from(["write"]) } else { Names::new() };
        if app == App::Foreign { &held & &self.reach.own } else { held }
    }

    /// Permissions and API scopes.
    fn in_place(&self, app: App, who: usize, place: usize) -> (Names, Names) {
        let roles = self.members.get(&(who, place)).into_iter().flatten().map(|role| &self.roles[*role]);
        let (permissions, api): (Names, Names) =
            roles.fold(Default::default(), |(permissions, api), role| (&permissions | &role.0, &api | &role.1));
        if app == App::Foreign {
            return (&permissions & &self.reach.permissions, &api & &self.reach.in_places);
        }
        (permissions, api)
    }

    /// API scopes in all organizations that count for the application.
    fn anywhere(&self, app: App, who: usize) -> Names {
        let counted = (0..PLACES).filter(|place| app == App::Own || self.consents.contains(&(who, *place)));
        counted.fold(Names::new(), |all, place| &all | &self.in_place(app, who, place).1)
    }

    /// What somebody allows who signs in now.
    pub(super) fn agrees(&self, (app, who): (App, usize), asked: &Names, with_permissions: bool) -> Agreed {
        let held = &self.global(app, who) | &self.anywhere(app, who);
        let mut permissions = if with_permissions { asked & &Names::from(PERMISSIONS) } else { Names::new() };
        if app == App::Foreign {
            permissions = &permissions & &self.reach.permissions;
        }
        Agreed { app, api: asked & &held, permissions, organizations: asked.contains(super::ASK_ORGANIZATIONS) }
    }

    /// The rules for people. `None`: there is no token.
    pub(super) fn person(&self, who: usize, (api, place): Asked, agreed: &Agreed) -> Option<Names> {
        let app = agreed.app;
        if let Some(place) = place
            && (!self.members.contains_key(&(who, place))
                || (app == App::Foreign && !self.consents.contains(&(who, place)))
                || !agreed.organizations)
        {
            return None;
        }
        let asked = &agreed.api | &agreed.permissions;
        let global = self.global(app, who);
        let (held, agreed) = match (api, place, self.strict) {
            (true, None, false) => (&global | &self.anywhere(app, who), &agreed.api),
            (true, None, true) => (global, &agreed.api),
            (true, Some(place), false) => (&global | &self.in_place(app, who, place).1, &agreed.api),
            (true, Some(place), true) => (self.in_place(app, who, place).1, &agreed.api),
            (false, Some(place), _) => (self.in_place(app, who, place).0, &agreed.permissions),
            (false, None, _) => unreachable!("a token for userinfo"),
        };
        Some(&(&held & &asked) & agreed)
    }

    /// The rules for machines.
    pub(super) fn machine(&self, (api, place): Asked) -> Option<Names> {
        match place {
            None => Some(self.global(App::Own, MACHINE)),
            Some(place) if !self.members.contains_key(&(MACHINE, place)) => None,
            Some(place) if api => Some(self.in_place(App::Own, MACHINE, place).1),
            Some(place) => Some(self.in_place(App::Own, MACHINE, place).0),
        }
    }
}
