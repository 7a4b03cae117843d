/** What can be chosen in dialogs: permissions of APIs and organizations, people, roles, organizations. */
import { api, pattern, take } from '@/api/client';
import { managementApi } from '@/auth/client';
import type { Choice } from '@/components/PickDialog';

const first = { page: 1, page_size: 50 };

const matches = (typed: string, ...texts: (string | null | undefined)[]) =>
  texts.some((text) => text?.toLowerCase().includes(typed.trim().toLowerCase()));

/** Permissions of all APIs but the built-in one, without those that are there already. */
export const apiPermissions = async (typed: string, known: Set<string>, { withBuiltIn = false } = {}): Promise<Choice[]> => {
  const resources = await take(api().GET('/api/resources', { params: { query: { includeScopes: true } } }));
  return resources
    .filter(({ indicator }) => withBuiltIn || indicator !== managementApi)
    .flatMap(({ name: resource, indicator, scopes = [] }) =>
      scopes
        .filter(({ id, name, description }) => !known.has(id) && matches(typed, name, description, resource, indicator))
        .map(({ id, name, description }) => ({
          id,
          label: name,
          detail: [resource, description].filter(Boolean).join(' · '),
        })),
    );
};

export const organizationPermissions = async (typed: string, known: Set<string>): Promise<Choice[]> => {
  const query = { page: 1, page_size: 100, ...(typed.trim() && { q: typed.trim() }) };
  const scopes = await take(api().GET('/api/organization-scopes', { params: { query } }));
  return scopes.filter(({ id }) => !known.has(id)).map(({ id, name, description }) => ({ id, label: name, detail: description }));
};

type Named = { id: string; username?: string | null; name?: string | null; primaryEmail?: string | null };

/** What somebody is called: the first of their names that they have. */
export const personName = ({ id, username, name, primaryEmail }: Named) => name || username || primaryEmail || id;

export const people = async (typed: string, known: Set<string>, excludeRoleId?: string): Promise<Choice[]> => {
  const search = pattern(typed);
  const query = { ...first, ...(search && { search }), ...(excludeRoleId && { excludeRoleId }) };
  const users = await take(api().GET('/api/users', { params: { query } }));
  return users
    .filter(({ id }) => !known.has(id))
    .map((user) => ({ id: user.id, label: personName(user), detail: user.primaryEmail ?? user.username ?? user.id }));
};

export const rolesOfPeople = async (typed: string, known: Set<string>): Promise<Choice[]> => {
  const search = pattern(typed);
  const query = { ...first, type: 'User', ...(search && { search }) };
  const roles = await take(api().GET('/api/roles', { params: { query } }));
  return roles.filter(({ id }) => !known.has(id)).map(({ id, name, description }) => ({ id, label: name, detail: description }));
};

export const organizations = async (typed: string, known: Set<string>): Promise<Choice[]> => {
  const query = { ...first, ...(typed.trim() && { q: typed.trim() }) };
  const found = await take(api().GET('/api/organizations', { params: { query } }));
  return found
    .filter(({ id }) => !known.has(id))
    .map(({ id, name, description }) => ({ id, label: name, detail: description ?? id }));
};
