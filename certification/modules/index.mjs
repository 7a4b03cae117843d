// All modules by id: `run` proves one, and `notices` names the faults of a provider that must make it fail.
import { backchannel } from './backchannel.mjs';
import { claims } from './claims.mjs';
import { config } from './config.mjs';
import { flow } from './flow.mjs';
import { logout } from './logout.mjs';
import { requests } from './requests.mjs';
import { sessions } from './sessions.mjs';
import { tokens } from './tokens.mjs';

export const modules = { ...flow, ...claims, ...sessions, ...requests, ...tokens, ...config, ...logout, ...backchannel };
