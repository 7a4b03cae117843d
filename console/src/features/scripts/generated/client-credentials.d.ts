declare type ClientCredentialsPayload = {
  jti: string;
  kind: 'ClientCredentials';
  clientId?: string;
  aud: string | string[];
  scope?: string;
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

declare type Context = {
  application?: JwtCustomizerApplicationContext;
};

declare type CustomJwtApiContext = {
  /** Refuses the token. The message is told to the client. */
  denyAccess: (message?: string) => never;
};

declare type Payload = {
  token: ClientCredentialsPayload;
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
