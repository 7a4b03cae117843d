//! JSON Web Tokens in scripts, by `crypto.subtle`: those of RFC 7515 appendix A and RFC 8037 appendix A.4 are verified,
//! what differs in one bit is not, and a key of the wrong kind is refused with the error that the standard names.

use crate::support::{body, json, limits, pool, run_as, value};
use serde_json::{Value, json};
use signet_sandbox::Pool;

/// Algorithm, key and token by the token's `alg`. ES384 and PS256, of which the standards show none, were made for this.
const TOKENS: &str = include_str!("jwts.json");

/// What scripts that verify tokens have in common.
const HELPERS: &str = "
    const fromBase64url = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    const partsOf = (jws) => {
      const end = jws.lastIndexOf('.');
      return { data: new TextEncoder().encode(jws.slice(0, end)), signature: fromBase64url(jws.slice(end + 1)) };
    };
    const keyOf = ({ algorithm, jwk }, more = {}) => crypto.subtle.importKey('jwk', { ...jwk, ...more }, algorithm, false, ['verify']);
    const verify = async (token, { signature, data } = partsOf(token.jws)) => crypto.subtle.verify(token.algorithm, await keyOf(token), signature, data);
    const key = (token, more, algorithm = token.algorithm, usages = ['verify']) => crypto.subtle.importKey('jwk', { ...token.jwk, ...more }, algorithm, false, usages);
    const nameOf = async (promise) => { try { await promise; return 'none'; } catch (error) { return error.name; } };";

async fn with_tokens(pool: &Pool, code: &str) -> Value {
    let script = body(&format!("{HELPERS}\nconst tokens = context.tokens;\n{code}"));
    let input = format!(r#"{{"token":{{}},"context":{{"tokens":{TOKENS}}}}}"#);
    json(&run_as(pool, "t", &script, &input, &limits()).await.outcome)
}

#[tokio::test]
async fn a_script_verifies_the_tokens_of_the_standards() {
    let pool = pool();
    let code = "const out = {}; for (const [alg, token] of Object.entries(tokens)) out[alg] = await verify(token); return out;";
    assert_eq!(
        with_tokens(&pool, code).await,
        json!({"HS256": true, "RS256": true, "ES256": true, "ES512": true, "EdDSA": true, "ES384": true, "PS256": true})
    );
}

#[tokio::test]
async fn a_script_finds_its_key_in_the_environment_and_the_claims_in_the_token() {
    let pool = pool();
    let script = body(&format!(
        "{HELPERS}
        const algorithms = {{ RS256: {{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }}, ES384: {{ name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' }} }};
        const claims = {{}};
        for (const [name, jws] of Object.entries(context.tokens)) {{
          const {{ alg }} = JSON.parse(atob(jws.split('.')[0]));
          const jwk = JSON.parse(environmentVariables[`KEY_${{alg}}`]);
          if (!(await verify({{ algorithm: algorithms[alg], jwk, jws }}))) api.denyAccess(`the ${{name}} token is forged`);
          claims[name] = JSON.parse(new TextDecoder().decode(fromBase64url(jws.split('.')[1])));
        }}
        return claims;"
    ));
    let tokens: Value = serde_json::from_str(TOKENS).unwrap();
    let input = |partner: &str| {
        json!({
            "context": {"tokens": {"joe": tokens["RS256"]["jws"], "partner": partner}},
            "environmentVariables": {"KEY_RS256": tokens["RS256"]["jwk"].to_string(), "KEY_ES384": tokens["ES384"]["jwk"].to_string()},
        })
        .to_string()
    };
    let genuine = tokens["ES384"]["jws"].as_str().unwrap();

    let run = run_as(&pool, "t", &script, &input(genuine), &limits()).await;
    let joe = json!({"iss": "joe", "exp": 1_300_819_380, "http://example.com/is_root": true});
    assert_eq!(json(&run.outcome), json!({"joe": joe, "partner": {"sub": "partner", "level": 3}}));

    let (rest, signature) = genuine.rsplit_once('.').unwrap();
    let (header, _) = rest.split_once('.').unwrap();
    let forged = format!("{header}.eyJzdWIiOiJwYXJ0bmVyIiwibGV2ZWwiOjl9.{signature}");
    let run = run_as(&pool, "t", &script, &input(&forged), &limits()).await;
    assert_eq!(run.outcome.message(), "the partner token is forged");
}

#[tokio::test]
async fn what_differs_in_one_bit_is_not_verified() {
    let pool = pool();
    let code = "
        const flipped = (bytes, at) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
        const der = (signature) => {
          const half = signature.length / 2;
          const number = (bytes) => [2, bytes.length + 1, 0, ...bytes];
          const both = [...number(signature.slice(0, half)), ...number(signature.slice(half))];
          return Uint8Array.of(0x30, both.length, ...both);
        };
        const accepted = [];
        for (const [alg, token] of Object.entries(tokens)) {
          const { data, signature } = partsOf(token.jws);
          const cases = {
            'the first bit of the signature': { data, signature: flipped(signature, 0) },
            'the last bit of the signature': { data, signature: flipped(signature, signature.length - 1) },
            'one bit of the data': { data: flipped(data, 5), signature },
            'no data': { data: data.slice(0, 0), signature },
            'no signature': { data, signature: signature.slice(0, 0) },
            'a byte less': { data, signature: signature.slice(1) },
            'a byte more': { data, signature: Uint8Array.of(...signature, 0) },
            'zeros': { data, signature: new Uint8Array(signature.length) },
            'ones': { data, signature: new Uint8Array(signature.length).fill(255) },
          };
          if (alg.startsWith('ES')) cases['the signature as DER'] = { data, signature: der(signature) };
          for (const [what, parts] of Object.entries(cases)) if (await verify(token, parts)) accepted.push(`${alg}: ${what}`);
        }
        // Another key of the same kind.
        const other = { ...tokens.ES256, jwk: { ...tokens.ES256.jwk, x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4', y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM' } };
        if (await verify(other)) accepted.push('another key');
        return { accepted };";
    assert_eq!(with_tokens(&pool, code).await, json!({"accepted": []}));
}

#[tokio::test]
async fn a_bad_key_is_refused_by_the_name_of_its_fault() {
    let pool = pool();
    let code = "
        const { RS256, PS256, ES256, ES384 } = tokens;
        const small = btoa(String.fromCharCode(...new Uint8Array(128).fill(0xc1))).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
        return {
          'a point off the curve': await nameOf(key(ES256, { y: ES256.jwk.x })),
          'the wrong curve in the key': await nameOf(key(ES256, { crv: 'P-384' })),
          'the wrong curve in the call': await nameOf(key(ES256, {}, ES384.algorithm)),
          'a short coordinate': await nameOf(key(ES256, { x: ES256.jwk.x.slice(4) })),
          'an unknown curve': await nameOf(key(ES256, {}, { name: 'ECDSA', namedCurve: 'K-256' })),
          'another type': await nameOf(key(ES256, { kty: 'RSA' })),
          'another alg': await nameOf(key(RS256, { alg: 'RS384' })),
          'the right alg': await nameOf(key(PS256, { alg: 'PS256' })),
          'a use for encryption': await nameOf(key(RS256, { use: 'enc' })),
          'other operations': await nameOf(key(RS256, { key_ops: ['encrypt'] })),
          'operations twice': await nameOf(key(RS256, { key_ops: ['verify', 'verify'] })),
          'a key that may not be exported': await nameOf(crypto.subtle.importKey('jwk', { ...RS256.jwk, ext: false }, RS256.algorithm, true, ['verify'])),
          'a missing number': await nameOf(key(RS256, { n: undefined })),
          'no base64url': await nameOf(key(RS256, { n: `${RS256.jwk.n}=` })),
          'a small modulus': await nameOf(key(RS256, { n: small })),
          'a huge modulus': await nameOf(key(RS256, { n: RS256.jwk.n.repeat(5) })),
          'an even exponent': await nameOf(key(RS256, { e: 'AQAA' })),
          'an exponent of one': await nameOf(key(RS256, { e: 'AQ' })),
          'a huge exponent': await nameOf(key(RS256, { e: RS256.jwk.n })),
        };";
    let told = with_tokens(&pool, code).await;
    let expected = json!({
        "a point off the curve": "DataError",
        "the wrong curve in the key": "DataError",
        "the wrong curve in the call": "DataError",
        "a short coordinate": "DataError",
        "an unknown curve": "NotSupportedError",
        "another type": "DataError",
        "another alg": "DataError",
        "the right alg": "none",
        "a use for encryption": "DataError",
        "other operations": "DataError",
        "operations twice": "DataError",
        "a key that may not be exported": "DataError",
        "a missing number": "DataError",
        "no base64url": "DataError",
        "a small modulus": "DataError",
        "a huge modulus": "DataError",
        "an even exponent": "DataError",
        "an exponent of one": "DataError",
        "a huge exponent": "DataError",
    });
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_key_is_used_for_what_it_is_for() {
    let pool = pool();
    let code = "
        const { RS256, PS256, ES256, EdDSA, HS256 } = tokens;
        const { subtle } = crypto;
        return {
          'usages of another kind': await nameOf(key(RS256, {}, RS256.algorithm, ['sign'])),
          'an unknown usage': await nameOf(key(RS256, {}, RS256.algorithm, ['forge'])),
          'an unknown algorithm': await nameOf(key(RS256, {}, { name: 'RSA-OAEP', hash: 'SHA-256' })),
          'no hash': await nameOf(key(RS256, {}, { name: 'RSASSA-PKCS1-v1_5' })),
          'a point of Ed25519 that is none': await nameOf(key(EdDSA, { x: 'AQ' })),
          'a secret of no bits': await nameOf(key(HS256, { k: '' })),
          'text as a key': await nameOf(subtle.importKey('raw', 'secret', HS256.algorithm, false, ['verify'])),
          'trailing bytes': await nameOf(subtle.importKey('spki', Uint8Array.of(...new Uint8Array(await subtle.exportKey('spki', await subtle.importKey('jwk', RS256.jwk, RS256.algorithm, true, []))), 0), RS256.algorithm, false, [])),
          'a use that the key does not have': await nameOf((async () => subtle.verify(RS256.algorithm, await key(RS256, {}, RS256.algorithm, []), new Uint8Array(256), new Uint8Array()))()),
          'another algorithm than the key is for': await nameOf((async () => subtle.verify(PS256.algorithm, await key(RS256, {}), new Uint8Array(256), new Uint8Array()))()),
          'an export that is not allowed': await nameOf((async () => subtle.exportKey('jwk', await keyOf(ES256)))()),
          'a made-up key': await nameOf(subtle.verify(RS256.algorithm, { usages: ['verify'] }, new Uint8Array(256), new Uint8Array())),
        };";
    let expected = json!({
        "usages of another kind": "SyntaxError",
        "an unknown usage": "TypeError",
        "an unknown algorithm": "NotSupportedError",
        "no hash": "TypeError",
        "a point of Ed25519 that is none": "DataError",
        "a secret of no bits": "DataError",
        "text as a key": "TypeError",
        "trailing bytes": "DataError",
        "a use that the key does not have": "InvalidAccessError",
        "another algorithm than the key is for": "InvalidAccessError",
        "an export that is not allowed": "InvalidAccessError",
        "a made-up key": "TypeError",
    });
    assert_eq!(with_tokens(&pool, code).await, expected);
}

#[tokio::test]
async fn a_script_signs_with_ed25519_and_is_told_that_it_cannot_otherwise() {
    let pool = pool();
    // RFC 8037 appendix A.1 and A.4.
    let code = "
        const jwk = { kty: 'OKP', crv: 'Ed25519', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
        const data = new TextEncoder().encode('eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc');
        const key = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', true, ['sign']);
        const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', key, data));
        const again = await crypto.subtle.importKey('pkcs8', await crypto.subtle.exportKey('pkcs8', key), 'ed25519', true, ['sign']);
        const told = [];
        for (const algorithm of [{ name: 'ECDSA', namedCurve: 'P-256' }, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }]) {
          await crypto.subtle.importKey('pkcs8', new Uint8Array(100), algorithm, false, ['sign']).catch((error) => told.push(`${error.name}: ${error.message}`));
        }
        return { start: btoa(String.fromCharCode(...signature.slice(0, 6))), same: (await crypto.subtle.exportKey('jwk', again)).d === jwk.d, told,
          wrong: await crypto.subtle.importKey('jwk', { ...jwk, x: jwk.d }, 'Ed25519', true, ['sign']).catch((error) => error.name) };";
    assert_eq!(
        value(&pool, code).await,
        json!({
            "start": "hgyY0il/", "same": true, "wrong": "DataError",
            "told": ["NotSupportedError: A private ECDSA key is not supported in scripts", "NotSupportedError: A private RSASSA-PKCS1-v1_5 key is not supported in scripts"]
        })
    );
}
