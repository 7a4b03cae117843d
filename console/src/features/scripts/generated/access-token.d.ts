/** The access token of a person, before the script's claims are added. */
declare type AccessTokenPayload = {
  /** Id of the token. Of an opaque token, the token itself. */
  jti: string;
  kind: 'AccessToken';
  /** Id of the application that the token is for. */
  clientId?: string;
  /** Id of the person: `sub` of the token. */
  accountId: string;
  /** Id of what the person allowed the application. */
  grantId: string;
  /** How the token came about, such as `authorization_code refresh_token`. */
  gty: string;
  /** Id of the browser session. Not there after a token exchange. */
  sessionUid?: string;
  /** Id of the session as the application knows it, when it is told of logouts. */
  sid?: string;
  /** Whether the token ends with the browser session. */
  expiresWithSession?: boolean;
  /** Whom the token is for. Not there in opaque tokens. */
  aud?: string;
  /** Scopes of the token, separated by spaces. */
  scope?: string;
  /** What the application asked to know of the sign-in. */
  claims?: Record<string, any>;
  /** Of a token exchange: the subject token's id, or who acts for the person. */
  extra?: Record<string, any>;
};

/** An application without its secrets. */
declare type JwtCustomizerApplicationContext = {
  tenantId: string;
  /** The client id. */
  id: string;
  name: string;
  description: string | null;
  type: 'Native' | 'SPA' | 'Traditional' | 'MachineToMachine' | 'Protected' | 'SAML';
  /** Redirect URIs and what else clients register. */
  oidcClientMetadata: Record<string, any>;
  /** Lifetimes of tokens, allowed origins and other settings. */
  customClientMetadata: Record<string, any>;
  protectedAppMetadata: Record<string, any> | null;
  /** Data of your own about the application. */
  customData: Record<string, any>;
  /** Whether it belongs to somebody else, so that people are asked. */
  isThirdParty: boolean;
  /** Whether rules say who may use it. */
  appLevelAccessControlEnabled: boolean;
  /** Milliseconds since the epoch. */
  createdAt: number;
};

/** The organization that a token is about. */
declare type JwtCustomizerOrganizationContext = {
  id: string;
  name: string;
  description: string | null;
  /** Data of your own about the organization, such as its id in your systems. */
  customData: Record<string, any>;
};

/** An API resource. */
declare type JwtCustomizerResource = {
  tenantId: string;
  id: string;
  name: string;
  /** What applications ask for: the `aud` of its tokens. */
  indicator: string;
  /** Whether tokens are for it when nobody names one. */
  isDefault: boolean;
  /** Seconds. */
  accessTokenTtl: number;
};

/** A permission of an API resource. */
declare type JwtCustomizerScope = {
  id: string;
  /** As it stands in `scope`. */
  name: string;
  description: string | null;
  resourceId: string;
  /** The API that it is a permission of. */
  resource: JwtCustomizerResource;
};

/** A role in the organization that a token is about. */
declare type JwtCustomizerRoleInOrganization = {
  id: string;
  name: string;
  /** Permissions of the organization. */
  scopes: {
    id: string;
    name: string;
    description: string | null;
  }[];
  /** Permissions of API resources. */
  resourceScopes: JwtCustomizerScope[];
};

/** A person. No password and no hash is among it. */
declare type JwtCustomizerUserContext = {
  /** The `sub` of their tokens. */
  id: string;
  username: string | null;
  primaryEmail: string | null;
  /** Digits of country code and number. */
  primaryPhone: string | null;
  name: string | null;
  /** URL of a picture. */
  avatar: string | null;
  /** Data of your own about the person. */
  customData: Record<string, any>;
  /** Social identities by provider. */
  identities: Record<string, {
    /** Who they are there. */
    userId: string;
    /** What the provider said about them. */
    details?: Record<string, any>;
  }>;
  /** Milliseconds since the epoch. */
  lastSignInAt: number | null;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** Milliseconds since the epoch. */
  updatedAt: number;
  /** What they told about themselves. */
  profile: JwtCustomizerUserProfile;
  /** The application that they signed in to first. */
  applicationId: string | null;
  cimdClientId: string | null;
  isSuspended: boolean;
  hasPassword: boolean;
  /** Identities of their enterprises. */
  ssoIdentities: {
    issuer: string;
    identityId: string;
    detail: Record<string, any>;
  }[];
  /** Second factors that they have. */
  mfaVerificationFactors: ('Totp' | 'WebAuthn' | 'BackupCode' | 'EmailVerificationCode' | 'PhoneVerificationCode')[];
  /** Their roles in the tenant, with permissions. */
  roles: {
    id: string;
    name: string;
    description: string;
    scopes: JwtCustomizerScope[];
  }[];
  /** Every organization that they are a member of. */
  organizations: {
    id: string;
    name: string;
    description: string | null;
  }[];
  /** Their roles in all of them. */
  organizationRoles: {
    organizationId: string;
    roleId: string;
    roleName: string;
  }[];
};

/** Standard claims about a person. */
declare type JwtCustomizerUserProfile = {
  familyName?: string;
  givenName?: string;
  middleName?: string;
  nickname?: string;
  preferredUsername?: string;
  profile?: string;
  website?: string;
  gender?: string;
  birthdate?: string;
  zoneinfo?: string;
  locale?: string;
  address?: {
    formatted?: string;
    streetAddress?: string;
    locality?: string;
    region?: string;
    postalCode?: string;
    country?: string;
  };
};

/** How somebody came to act for a person. */
declare type JwtCustomizerGrantContext = {
  type: 'urn:ietf:params:oauth:grant-type:token-exchange';
  /** The `context` that the subject token was made with. */
  subjectTokenContext: Record<string, any>;
};

/** What a person signs in with. */
declare type JwtCustomizerIdentifier = {
  type: 'username' | 'email' | 'phone' | 'userId';
  value: string;
};

/** How somebody proved who they are; `type` tells which way. */
declare type JwtCustomizerVerificationRecord = {
  id: string;
  type: 'Password';
  identifier: JwtCustomizerIdentifier;
  verified: boolean;
} | {
  id: string;
  type: 'EmailVerificationCode' | 'PhoneVerificationCode' | 'MfaEmailVerificationCode' | 'MfaPhoneVerificationCode';
  identifier: JwtCustomizerIdentifier;
  /** What the code was for. */
  templateType: string;
  verified: boolean;
} | {
  id: string;
  type: 'OneTimeToken';
  identifier: JwtCustomizerIdentifier;
  verified: boolean;
  /** What the token was made with. */
  oneTimeTokenContext?: Record<string, any>;
} | {
  id: string;
  type: 'NewPasswordIdentity';
  identifier: JwtCustomizerIdentifier;
};

/** The person's last sign-in in this browser. */
declare type JwtCustomizerUserInteractionContext = {
  /** What the person came for. */
  interactionEvent: 'SignIn' | 'Register' | 'ForgotPassword';
  userId: string;
  /** What they proved. */
  verificationRecords: JwtCustomizerVerificationRecord[];
  /** Where the sign-in came from: `ip`, `userAgent`, and what a proxy in front adds. */
  signInContext?: Record<string, string>;
};

/** Whom and what a token is about. */
declare type Context = {
  /** The person whom the token is about. */
  user: JwtCustomizerUserContext;
  /** What a subject token was made with. Only after a token exchange with one. */
  grant?: JwtCustomizerGrantContext;
  /** How the person signed in last. Not there after a token exchange. */
  interaction?: JwtCustomizerUserInteractionContext;
  /** The application that the token is for, without its secrets. */
  application?: JwtCustomizerApplicationContext;
  /** The organization that the token is about. Only when the application asked for one. */
  organization?: JwtCustomizerOrganizationContext;
  /** What the token's subject has in that organization. */
  organizationRoles?: JwtCustomizerRoleInOrganization[];
};

/** What a script can do beside returning claims. */
declare type CustomJwtApiContext = {
  /** Refuses the token. The script ends here, and the application is told the message. */
  denyAccess: (message?: string) => never;
};

/** What `getCustomJwtClaims` is given. */
declare type Payload = {
  /** The token that is being made. */
  token: AccessTokenPayload;
  /** Whom and what the token is about. */
  context: Context;
  /** The script's environment variables. Not there when it has none. */
  environmentVariables?: EnvironmentVariables;
  /** What the script can do beside returning claims. */
  api: CustomJwtApiContext;
};
