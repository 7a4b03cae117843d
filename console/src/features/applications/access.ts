/** What the pages ask and change about who may use an application, what it may ask for, and how it looks to people. */
import { queryOptions } from '@tanstack/react-query';
import { api, take } from '@/api/client';
import { isNotFound } from '@/api/errors';
import type { paths } from '@/api/schema.gen';
import { useChange } from './queries';

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type ConsentScopes = Answer<'/api/applications/{applicationId}/user-consent-scopes'>;
export type AccessRules = Answer<'/api/applications/{applicationId}/access-control'>;

const at = (applicationId: string) => ({ params: { path: { applicationId } } });

export const consentScopesQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['applications', applicationId, 'consent-scopes'],
    queryFn: () => take(api().GET('/api/applications/{applicationId}/user-consent-scopes', at(applicationId))),
  });

/** The lists of what a third-party application may ask for. */
export type ConsentList = 'userScopes' | 'resourceScopes' | 'organizationResourceScopes' | 'organizationScopes';

/** How the API calls each list in a path. */
const scopeTypes: Record<ConsentList, string> = {
  userScopes: 'user-scopes',
  resourceScopes: 'resource-scopes',
  organizationResourceScopes: 'organization-resource-scopes',
  organizationScopes: 'organization-scopes',
};

export const useAddConsentScopes = (applicationId: string) =>
  useChange(({ list, ids }: { list: ConsentList; ids: string[] }) => {
    const body = { [list]: ids };
    return take(api().POST('/api/applications/{applicationId}/user-consent-scopes', { ...at(applicationId), body }));
  });

export const useRemoveConsentScope = (applicationId: string) =>
  useChange(({ list, id }: { list: ConsentList; id: string }) => {
    const path = { applicationId, scopeType: scopeTypes[list], scopeId: id };
    const route = '/api/applications/{applicationId}/user-consent-scopes/{scopeType}/{scopeId}' as const;
    return take(api().DELETE(route, { params: { path } as never }));
  });

export const accessRulesQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['applications', applicationId, 'access-control'],
    queryFn: () => take(api().GET('/api/applications/{applicationId}/access-control', at(applicationId))),
  });

/** An application that is switched on needs a rule, so rules come first, and last when it is switched off. */
export const useSaveAccess = (applicationId: string) =>
  useChange(async ({ isEnabled, rules }: { isEnabled: boolean; rules: AccessRules }) => {
    const change = () =>
      take(
        api().PATCH('/api/applications/{id}', {
          params: { path: { id: applicationId } },
          body: { appLevelAccessControlEnabled: isEnabled },
        }),
      );
    if (!isEnabled) await change();
    await take(api().PUT('/api/applications/{applicationId}/access-control', { ...at(applicationId), body: rules }));
    if (isEnabled) await change();
  });

export type Appearance = {
  displayName?: string | null;
  termsOfUseUrl?: string | null;
  privacyPolicyUrl?: string | null;
  customCss?: string | null;
  color: { primaryColor?: string; isDarkModeEnabled?: boolean; darkPrimaryColor?: string };
  branding: { logoUrl?: string; darkLogoUrl?: string; favicon?: string; darkFavicon?: string };
};

export const appearanceQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['applications', applicationId, 'appearance'],
    queryFn: async (): Promise<Appearance> => {
      try {
        return await take(api().GET('/api/applications/{applicationId}/sign-in-experience', at(applicationId)));
      } catch (error) {
        // An application that was never given looks of its own has none.
        if (isNotFound(error)) return { color: {}, branding: {} };
        throw error;
      }
    },
  });

export const useSaveAppearance = (applicationId: string) =>
  useChange((body: Appearance) =>
    take(api().PUT('/api/applications/{applicationId}/sign-in-experience', { ...at(applicationId), body: body as never })),
  );
