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

/** What scripts find in their world beside the language itself. Nothing else is there: no modules, no files, no `eval`. */
declare interface Console {
  /** Kept with the audit entry of the run when the script's settings say so, and shown by a test run. */
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  trace(...values: unknown[]): void;
  dir(value?: unknown): void;
  table(value?: unknown): void;
  assert(condition?: boolean, ...values: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  group(...values: unknown[]): void;
  groupCollapsed(...values: unknown[]): void;
  groupEnd(): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
}
declare const console: Console;

declare class Event {
  constructor(type: string, init?: { bubbles?: boolean; cancelable?: boolean; composed?: boolean });
  readonly type: string;
  readonly target: EventTarget | null;
  readonly defaultPrevented: boolean;
  preventDefault(): void;
  stopPropagation(): void;
  stopImmediatePropagation(): void;
}
declare type EventListener = ((event: Event) => void) | { handleEvent(event: Event): void };
declare class EventTarget {
  constructor();
  addEventListener(type: string, listener: EventListener | null, options?: boolean | { once?: boolean; signal?: AbortSignal }): void;
  removeEventListener(type: string, listener: EventListener | null, options?: boolean | { capture?: boolean }): void;
  dispatchEvent(event: Event): boolean;
}
declare class DOMException extends Error {
  constructor(message?: string, name?: string);
  readonly code: number;
}
declare class AbortSignal extends EventTarget {
  private constructor();
  static abort(reason?: unknown): AbortSignal;
  /** Aborts after so many milliseconds: `fetch(url, { signal: AbortSignal.timeout(1000) })`. */
  static timeout(milliseconds: number): AbortSignal;
  static any(signals: Iterable<AbortSignal>): AbortSignal;
  readonly aborted: boolean;
  readonly reason: any;
  throwIfAborted(): void;
  onabort: ((event: Event) => void) | null;
}
declare class AbortController {
  constructor();
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class URLSearchParams {
  constructor(init?: string | Record<string, string> | Iterable<[string, string]> | URLSearchParams);
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  toString(): string;
  forEach(callback: (value: string, name: string, parent: URLSearchParams) => void): void;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  entries(): IterableIterator<[string, string]>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
declare class URL {
  constructor(url: string | URL, base?: string | URL);
  static canParse(url: string | URL, base?: string | URL): boolean;
  static parse(url: string | URL, base?: string | URL): URL | null;
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: URLSearchParams;
  hash: string;
  toString(): string;
  toJSON(): string;
}

declare type BufferSource = ArrayBuffer | ArrayBufferView;
declare type HeadersInit = Headers | Record<string, string> | Iterable<[string, string]>;
declare type BodyInit = string | URLSearchParams | BufferSource;
declare class Headers {
  constructor(init?: HeadersInit);
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getSetCookie(): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  forEach(callback: (value: string, name: string, parent: Headers) => void): void;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  entries(): IterableIterator<[string, string]>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
declare interface RequestInit {
  method?: string;
  headers?: HeadersInit;
  body?: BodyInit | null;
  /** `follow` unless told otherwise. */
  redirect?: 'follow' | 'error' | 'manual';
  signal?: AbortSignal | null;
}
declare interface Body {
  readonly bodyUsed: boolean;
  text(): Promise<string>;
  json(): Promise<any>;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array>;
}
declare class Request {
  constructor(input: string | URL | Request, init?: RequestInit);
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly redirect: 'follow' | 'error' | 'manual';
  readonly signal: AbortSignal;
  clone(): Request;
}
declare interface Request extends Body {}
declare class Response {
  constructor(body?: BodyInit | null, init?: { status?: number; statusText?: string; headers?: HeadersInit });
  static error(): Response;
  static json(data: unknown, init?: { status?: number; statusText?: string; headers?: HeadersInit }): Response;
  static redirect(url: string | URL, status?: number): Response;
  readonly ok: boolean;
  readonly redirected: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly type: string;
  readonly url: string;
  clone(): Response;
}
declare interface Response extends Body {}
/**
 * Sends a request. The server sends it: to public addresses, and to what its operator allows. A run has few seconds,
 * so give a slow service less: `signal: AbortSignal.timeout(1000)`.
 */
declare function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;

declare class TextEncoder {
  constructor();
  readonly encoding: string;
  encode(input?: string): Uint8Array;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(input?: BufferSource, options?: { stream?: boolean }): string;
}
/** Text from Base64, a byte per character. */
declare function atob(data: string): string;
/** Base64 of text, a byte per character. */
declare function btoa(data: string): string;
declare function structuredClone<T>(value: T, options?: { transfer?: unknown[] }): T;
declare function setTimeout(callback: (...values: any[]) => void, milliseconds?: number, ...values: any[]): number;
declare function clearTimeout(id?: number): void;
declare function setInterval(callback: (...values: any[]) => void, milliseconds?: number, ...values: any[]): number;
declare function clearInterval(id?: number): void;
declare function queueMicrotask(callback: () => void): void;
declare const performance: { now(): number; readonly timeOrigin: number };

declare interface JsonWebKey {
  [member: string]: any;
}
declare type AlgorithmIdentifier = string | { name: string; [parameter: string]: any };
declare class CryptoKey {
  private constructor();
  readonly type: 'public' | 'private' | 'secret';
  readonly extractable: boolean;
  readonly algorithm: { name: string; [parameter: string]: any };
  readonly usages: string[];
}
declare interface SubtleCrypto {
  digest(algorithm: AlgorithmIdentifier, data: BufferSource): Promise<ArrayBuffer>;
  /** HMAC. */
  sign(algorithm: AlgorithmIdentifier, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
  /** HMAC, RSASSA-PKCS1-v1_5, RSA-PSS, ECDSA and Ed25519. */
  verify(algorithm: AlgorithmIdentifier, key: CryptoKey, signature: BufferSource, data: BufferSource): Promise<boolean>;
  importKey(
    format: 'jwk' | 'raw' | 'spki' | 'pkcs8',
    keyData: BufferSource | JsonWebKey,
    algorithm: AlgorithmIdentifier,
    extractable: boolean,
    usages: string[],
  ): Promise<CryptoKey>;
  exportKey(format: 'jwk' | 'raw' | 'spki' | 'pkcs8', key: CryptoKey): Promise<ArrayBuffer | JsonWebKey>;
}
declare const crypto: {
  readonly subtle: SubtleCrypto;
  getRandomValues<T extends ArrayBufferView>(array: T): T;
  randomUUID(): string;
};
