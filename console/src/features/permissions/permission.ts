/** A permission, of an API resource or of organizations themselves. */
export type Permission = { id: string; name: string; description?: string | null };

/** One that is saved: a new one without an id. */
export type PermissionDraft = { id?: string; name: string; description: string };

/** Whose permissions they are: the page's phrases go by this. */
export type Subject = 'apiResources' | 'organizationTemplate';
