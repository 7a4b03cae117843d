declare type AccessTokenPayload = {
  /** The identifier of the token. */
  jti: string;
  kind: 'AccessToken';
  clientId?: string;
  /** The identifier of the person. */
  accountId: string;
  grantId: string;
  gty: string;
  sessionUid?: string;
  sid?: string;
  expiresWithSession?: boolean;
  aud?: string | string[];
  scope?: string;
};

declare type JwtCustomizerUserContext = {
  id: string;
  username: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
  name: string | null;
  avatar: string | null;
  /** What the tenant's administrators and applications keep about the person. */
  customData: Record<string, any>;
  identities: Record<string, { userId: string; details?: Record<string, any> }>;
  profile: Record<string, any>;
  applicationId: string | null;
  cimdClientId: string | null;
  lastSignInAt: number | null;
  createdAt: number;
  updatedAt: number;
  isSuspended: boolean;
  hasPassword: boolean;
  ssoIdentities: { issuer: string; identityId: string; detail: Record<string, any> }[];
  mfaVerificationFactors: string[];
  roles: {
    id: string;
    name: string;
    description: string;
    scopes: { id: string; name: string; description: string | null; resourceId: string }[];
  }[];
  organizations: { id: string; name: string; description: string | null }[];
  organizationRoles: { organizationId: string; roleId: string; roleName: string }[];
};

declare type JwtCustomizerGrantContext = {
  type: 'urn:ietf:params:oauth:grant-type:token-exchange';
  subjectTokenContext: Record<string, any>;
};

declare type JwtCustomizerUserInteractionContext = {
  interactionEvent: 'SignIn' | 'Register' | 'ForgotPassword';
  userId: string;
  verificationRecords: { id: string; type: string }[];
  signInContext: Record<string, string>;
};

declare type JwtCustomizerApplicationContext = {
  tenantId: string;
  id: string;
  name: string;
  description: string | null;
  type: 'Native' | 'SPA' | 'Traditional' | 'MachineToMachine' | 'Protected' | 'SAML';
  oidcClientMetadata: { redirectUris: string[]; postLogoutRedirectUris: string[] };
  customClientMetadata: Record<string, unknown>;
  protectedAppMetadata: Record<string, unknown> | null;
  customData: Record<string, any>;
  isThirdParty: boolean;
  appLevelAccessControlEnabled: boolean;
  createdAt: number;
};

declare type JwtCustomizerOrganizationContext = {
  id: string;
  name: string;
  description: string | null;
  customData: Record<string, any>;
};

declare type Context = {
  user: JwtCustomizerUserContext;
  grant?: JwtCustomizerGrantContext;
  interaction?: JwtCustomizerUserInteractionContext;
  application?: JwtCustomizerApplicationContext;
  organization?: JwtCustomizerOrganizationContext;
};

declare type CustomJwtApiContext = {
  /** Refuses the token. The message is told to the client. */
  denyAccess: (message?: string) => never;
};

declare type Payload = {
  token: AccessTokenPayload;
  context: Context;
  environmentVariables?: EnvironmentVariables;
  api: CustomJwtApiContext;
};

declare const console: Record<'log' | 'info' | 'warn' | 'error' | 'debug', (...values: unknown[]) => void>;
declare class URL {
  constructor(url: string, base?: string);
  href: string;
  searchParams: URLSearchParams;
}
declare class URLSearchParams {
  constructor(init?: string | Record<string, string>);
  get(name: string): string | null;
  set(name: string, value: string): void;
}
declare class AbortSignal {
  static timeout(milliseconds: number): AbortSignal;
}
declare interface Response {
  ok: boolean;
  status: number;
  json(): Promise<any>;
  text(): Promise<string>;
}
declare function fetch(
  url: string | URL,
  init?: { method?: string; headers?: Record<string, string>; body?: string; signal?: AbortSignal },
): Promise<Response>;
declare function setTimeout(callback: () => void, milliseconds?: number): number;
