/** The access token of a machine, before the script's claims are added. */
declare type ClientCredentialsPayload = {
  /** Id of the token. */
  jti: string;
  kind: 'ClientCredentials';
  /** Id of the application: `sub` of the token. */
  clientId?: string;
  /** Whom the token is for. */
  aud: string;
  /** Scopes of the token, separated by spaces. */
  scope?: string;
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

/** Whom and what a token is about. */
declare type Context = {
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
  token: ClientCredentialsPayload;
  /** Whom and what the token is about. */
  context: Context;
  /** The script's environment variables. Not there when it has none. */
  environmentVariables?: EnvironmentVariables;
  /** What the script can do beside returning claims. */
  api: CustomJwtApiContext;
};
