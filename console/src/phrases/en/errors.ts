/** Failures, by the server's code with `_` for its dots; a code that is not here is said in the server's words. */
export const errors = {
  unreachable: 'The server does not answer. Check the connection and try again.',
  unexpected: 'Something unexpected happened in the console.',
  forbidden: 'Your account may not do this.',
  server: 'The server failed ({status}). Try again; if it keeps failing, its log says why.',
  codes: {
    auth_unauthorized: 'Your session is not valid any more. Sign in again.',
    auth_forbidden: 'Your account may not do this.',
    entity_not_found: 'This does not exist any more.',
    entity_not_exists: 'This does not exist any more.',
    entity_not_exists_with_id: 'This does not exist any more.',
    entity_relation_foreign_key_not_found: 'Something that this refers to does not exist any more.',
    entity_unique_integrity_violation: 'There is one with these values already.',
    resource_resource_identifier_in_use: 'Another API resource has this identifier.',
    scope_name_exists: 'This API resource has a permission with this name already.',
    scope_name_with_space: 'A permission may not have spaces in its name.',
    role_name_in_use: 'Another role has this name.',
    user_username_already_in_use: 'Somebody has this username already.',
    user_email_already_in_use: 'Somebody has this e-mail address already.',
    user_phone_already_in_use: 'Somebody has this phone number already.',
    request_message_rate_limited: 'Too many messages were sent. Wait a while.',
  },
};
