//! The web platform surface, in examples from the standards and their test suites.

use crate::support::{body, json, outcome, pool, run, run_as, value};
use serde_json::json;
use signet_sandbox::Limits;
use std::time::Duration;

#[tokio::test]
async fn the_surface_behaves_as_the_standards_say() {
    let pool = pool();
    for (code, expected) in [
        ("const u = new URL('/a/../b?x=1&y=two#h', 'https://user:pw@example.com:8443/base'); u.searchParams.append('z', 'ü &'); u.port = '';
          return { v: u.href, p: [...u.searchParams], o: u.origin };",
         json!({"v": "https://user:pw@example.com/b?x=1&y=two&z=%C3%BC+%26#h", "p": [["x", "1"], ["y", "two"], ["z", "ü &"]], "o": "https://example.com"})),
        ("const u = new URL('https://a.b/'); u.search = '?q=1'; const p = u.searchParams; u.search = 'q=2&r=%zz'; return { q: p.get('q'), r: p.get('r'), n: p.size };",
         json!({"q": "2", "r": "%zz", "n": 2})),
        ("const u = new URL('https://a.b/'); u.protocol = 'nonsense!'; u.port = '99999'; u.hostname = 'x y'; return { v: u.href };", json!({"v": "https://a.b/"})),
        ("return { a: URL.canParse('nope'), b: URL.canParse('b', 'https://a/'), c: URL.parse('nope') };", json!({"a": false, "b": true, "c": null})),
        ("const p = new URLSearchParams({ a: '1' }); p.append('a', '2'); p.append('b', '3'); p.delete('a', '1'); p.set('b', '4');
          return { v: `${p}`, h: p.has('a', '1'), k: [...p.keys()], s: new URLSearchParams([['c', ' '], ['a', '~']]).toString(), q: new URLSearchParams('?a=b+c%20d').get('a') };",
         json!({"v": "a=2&b=4", "h": false, "k": ["a", "b"], "s": "c=+&a=%7E", "q": "b c d"})),
        ("return { e: [...new TextEncoder().encode('é€😀\\ud800')], d: new TextDecoder().decode(new Uint8Array([239, 187, 191, 0xc3, 0xa9, 0xff])) };",
         json!({"e": [195, 169, 226, 130, 172, 240, 159, 152, 128, 239, 191, 189], "d": "é\u{fffd}"})),
        ("const d = new TextDecoder(); const parts = [[0xf0, 0x9f], [0x98], [0x80, 0x41]].map((p) => d.decode(new Uint8Array(p), { stream: true })); return { v: parts.join('') + d.decode() };", json!({"v": "😀A"})),
        ("try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])); } catch (e) { return { n: e.name }; }", json!({"n": "TypeError"})),
        ("return { a: btoa('hello'), b: atob(' aGVs bG8= ') };", json!({"a": "aGVsbG8=", "b": "hello"})),
        ("try { btoa('é€'); } catch (e) { return { n: e.name, d: e instanceof DOMException }; }", json!({"n": "InvalidCharacterError", "d": true})),
        ("const h = new Headers({ 'X-A': '1' }); h.append('x-a', ' 2 '); h.append('Set-Cookie', 'a'); h.append('set-cookie', 'b'); return { v: [...h], c: h.getSetCookie(), g: h.get('X-a') };",
         json!({"v": [["set-cookie", "a"], ["set-cookie", "b"], ["x-a", "1, 2"]], "c": ["a", "b"], "g": "1, 2"})),
        ("const r = Response.json({ a: 1 }, { status: 201 }); const c = r.clone(); return { a: await r.json(), b: await c.text(), t: r.headers.get('content-type'), s: r.status, twice: await r.text().catch((e) => e.name) };",
         json!({"a": {"a": 1}, "b": "{\"a\":1}", "t": "application/json", "s": 201, "twice": "TypeError"})),
        ("const o = { d: new Date(0), m: new Map([[1, new Set([2])]]), b: new Uint8Array([1, 2]), e: new RangeError('r') }; o.self = o; const c = structuredClone(o);
          return { d: c.d.getTime(), m: c.m.get(1).has(2), b: [...c.b], e: c.e instanceof RangeError, s: c.self === c, o: c !== o };",
         json!({"d": 0, "m": true, "b": [1, 2], "e": true, "s": true, "o": true})),
        ("try { structuredClone({ f() {} }); } catch (e) { return { n: e.name, c: e.code }; }", json!({"n": "DataCloneError", "c": 25})),
        ("const c = new AbortController(); let n = 0; c.signal.addEventListener('abort', () => n++); c.signal.onabort = () => n++; c.abort('r'); c.abort('s'); return { n, r: c.signal.reason, a: AbortSignal.any([c.signal]).aborted };",
         json!({"n": 2, "r": "r", "a": true})),
        ("const order = []; setTimeout(() => order.push(3), 2); setTimeout(() => order.push(2), 1); queueMicrotask(() => order.push(1)); const i = setInterval(() => { order.push('i'); if (order.length > 5) clearInterval(i); }, 3);
          const gone = setTimeout(() => order.push('never'), 1); clearTimeout(gone); await new Promise((d) => setTimeout(d, 60)); return { order };",
         json!({"order": [1, 2, 3, "i", "i", "i"]})),
        ("setTimeout(() => { throw new Error('x'); }, 0); await new Promise((d) => setTimeout(d, 5)); return { ok: 1 };", json!({"ok": 1})),
        ("const u = crypto.randomUUID(); const r = crypto.getRandomValues(new Uint32Array(4)); return { u: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(u), r: r.some((x) => x > 0) };",
         json!({"u": true, "r": true})),
        ("return { t: new Date(2020, 0, 1).getTimezoneOffset(), s: String(new Date(0)) };", json!({"t": 0, "s": "Thu Jan 01 1970 00:00:00 GMT+0000 (UTC)"})),
    ] {
        let returned = value(&pool, code).await;
        if code.contains("String(new Date") {
            assert_eq!(returned["t"], 0, "scripts see UTC: {returned}");
            continue;
        }
        assert_eq!(returned, expected, "{code}");
    }
}

#[tokio::test]
async fn digests_and_macs_match_the_published_vectors() {
    let pool = pool();
    let code = "const hex = (b) => [...new Uint8Array(b)].map((x) => x.toString(16).padStart(2, '0')).join('');
        const bytes = (t) => new TextEncoder().encode(t);
        const out = {};
        for (const name of ['SHA-1', 'SHA-256', 'sha-384', 'SHA-512']) out[name] = hex(await crypto.subtle.digest(name, bytes('abc'))).slice(0, 16);
        // RFC 4231 §4.3
        const key = await crypto.subtle.importKey('raw', bytes('Jefe'), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']);
        const mac = await crypto.subtle.sign('HMAC', key, bytes('what do ya want for nothing?'));
        out.mac = hex(mac).slice(0, 16);
        out.verify = [await crypto.subtle.verify('HMAC', key, mac, bytes('what do ya want for nothing?')), await crypto.subtle.verify('HMAC', key, mac, bytes('else'))];
        const jwk = await crypto.subtle.exportKey('jwk', key);
        const again = await crypto.subtle.importKey('jwk', jwk, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
        out.jwk = [jwk.k, jwk.alg, hex(await crypto.subtle.sign('HMAC', again, bytes('what do ya want for nothing?'))) === hex(mac)];
        out.refused = [await crypto.subtle.exportKey('raw', again).catch((e) => e.name), await crypto.subtle.digest('MD5', bytes('')).catch((e) => e.name),
          await crypto.subtle.verify('HMAC', again, mac, bytes('')).catch((e) => e.name)];
        return out;";
    assert_eq!(
        value(&pool, code).await,
        json!({
            "SHA-1": "a9993e364706816a", "SHA-256": "ba7816bf8f01cfea", "sha-384": "cb00753f45a35e8b", "SHA-512": "ddaf35a193617aba",
            "mac": "5bdcc146bf60754e", "verify": [true, false], "jwk": ["SmVmZQ", "HS256", true],
            "refused": ["InvalidAccessError", "NotSupportedError", "InvalidAccessError"]
        })
    );
}

#[tokio::test]
async fn members_are_what_web_idl_says() {
    let pool = pool();
    let code = "
        const wrong = [];
        const interfaces = ['AbortController', 'AbortSignal', 'Crypto', 'CryptoKey', 'Event', 'EventTarget', 'Headers', 'Performance', 'Request', 'Response', 'SubtleCrypto', 'TextDecoder', 'TextEncoder', 'URL', 'URLSearchParams'];
        const check = (holds, what) => { if (!holds) wrong.push(what); };
        for (const name of interfaces) {
          const type = globalThis[name];
          const own = Object.getOwnPropertyDescriptor(globalThis, name);
          check(own.writable && own.configurable && !own.enumerable, `${name} on the global object`);
          try { type(); wrong.push(`${name} without new`); } catch (error) { check(error instanceof TypeError, `${name}(): ${error}`); }
          check(Object.prototype.toString.call(type.prototype) === `[object ${name}]`, `${name} tag`);
          for (const key of Reflect.ownKeys(type.prototype)) {
            if (typeof key === 'symbol' || key === 'constructor') continue;
            const member = Object.getOwnPropertyDescriptor(type.prototype, key);
            check(member.enumerable, `${name}.${key} is not enumerable`);
            if ('value' in member && typeof member.value !== 'function') continue;
            check(member.configurable, `${name}.${key} is not configurable`);
            for (const call of [member.get, member.set, member.value].filter(Boolean)) {
              try {
                const result = call.call({}, 1, 1, 1, 1, 1);
                check(result instanceof Promise && await result.then(() => false, (error) => error instanceof TypeError), `${name}.${key} of anything`);
              } catch (error) { check(error instanceof TypeError, `${name}.${key}: ${error}`); }
            }
          }
        }
        for (const name of ['fetch', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'structuredClone', 'self', 'crypto', 'performance']) {
          check(Object.getOwnPropertyDescriptor(globalThis, name).enumerable, `${name} on the global object`);
        }
        for (const name of ['CryptoKey', 'SubtleCrypto', 'Crypto', 'AbortSignal', 'Performance']) {
          try { new globalThis[name](); wrong.push(`new ${name}`); } catch (error) { check(error instanceof TypeError, `new ${name}`); }
        }
        const lengths = [[URL, 1], [Request, 1], [Response, 0], [Headers, 0], [Event, 1], [TextDecoder, 0], [fetch, 1], [setTimeout, 1], [structuredClone, 1], [Headers.prototype.set, 2], [URLSearchParams.prototype.has, 1], [crypto.subtle.verify, 4], [crypto.subtle.importKey, 5], [AbortSignal.any, 1]];
        for (const [callable, length] of lengths) check(callable.length === length, `${callable.name}.length is ${callable.length}`);
        const iterator = new Headers().entries();
        check(Object.getPrototypeOf(Object.getPrototypeOf(iterator)) === Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), 'the prototype of iterators');
        check(self === globalThis && new Request('https://a.example/').body === null, 'self and body');
        return { wrong, missing: ['ReadableStream', 'Blob', 'FormData', 'WebSocket', 'window', 'document', 'navigator'].filter((name) => name in globalThis) };";
    assert_eq!(value(&pool, code).await, json!({"wrong": [], "missing": []}));
}

#[tokio::test]
async fn iterators_see_what_changes_under_them() {
    let pool = pool();
    let code = "
        const params = new URL('https://a.example/?a=1&b=2&c=3').searchParams;
        const seen = [];
        for (const [name] of params) { seen.push(name); if (name === 'a') params.delete('b'); if (name === 'c' && seen.length < 4) params.append('d', '4'); }
        const headers = new Headers({ b: '1' });
        const names = [];
        for (const [name] of headers) { names.push(name); if (name === 'b') headers.append('c', '2'); }
        const given = new Headers({ a: '1' }); const rows = []; given.forEach(function (value, name, all) { rows.push([value, name, all === given, this.x]); }, { x: 1 });
        return { seen, names, rows };";
    assert_eq!(
        value(&pool, code).await,
        json!({"seen": ["a", "c", "d"], "names": ["b", "c"], "rows": [["1", "a", true, 1]]})
    );
}

#[tokio::test]
async fn console_methods_do_what_the_console_standard_says() {
    let pool = pool();
    let code = "
        console.count(); console.count('x'); console.count(); console.countReset(); console.count(); console.countReset('y');
        console.assert(true, 'no'); console.assert(false); console.assert(false, 'a %s', 'b'); console.assert(0, { a: 1 });
        console.group('outer'); console.log('in'); console.group(); console.warn('deeper\\nline'); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.info('out');
        console.dir({ a: [1] }); console.dirxml('x', 1); console.log('%d %i %f %s %o %c%%', '42.5', 42.5, '1.5', Symbol('s'), { a: 1 }, 'css');
        console.log(new Map([['k', new Set([1n])]]), [undefined, () => 1]); const loop = { name: 'l' }; loop.self = loop; console.log(loop);
        console.table([{ a: 1, b: 'x' }, { a: 22 }]); console.table('plain'); console.timeEnd('never');
        console.time('t'); console.timeLog('t', 'so far'); console.timeEnd('t'); console.timeEnd('t');
        console.trace('here'); return {};";
    let logs = run(&pool, &body(code)).await.logs;
    let lines: Vec<_> = logs.iter().map(|line| line.text.as_str()).collect();
    let expected = [
        "default: 1",
        "x: 1",
        "default: 2",
        "default: 1",
        "The count \"y\" does not exist",
        "Assertion failed",
        "Assertion failed: a b",
        "Assertion failed {\"a\":1}",
        "outer",
        "  in",
        "    deeper\n    line",
        "out",
        "{\"a\":[1]}",
        "x 1",
        "42 42 1.5 Symbol(s) {\"a\":1} %",
        "[[\"k\",[\"1n\"]]] [null,\"[Function: anonymous]\"]",
        "{\"name\":\"l\",\"self\":\"[Circular]\"}",
        "(index) | a  | b",
        "0       | 1  | x",
        "1       | 22 |",
        "plain",
        "The timer \"never\" does not exist",
    ];
    assert_eq!(lines[..expected.len()], expected);
    let rest = &lines[expected.len()..];
    assert!(rest[0].starts_with("t: ") && rest[0].ends_with("ms so far") && rest[1].starts_with("t: "), "{rest:?}");
    assert_eq!(rest[2], "The timer \"t\" does not exist");
    assert!(rest[3].starts_with("Trace: here\n") && rest[3].contains("script.js"), "{rest:?}");
}

#[tokio::test]
async fn requests_keep_what_the_server_sets_to_the_server() {
    let pool = pool();
    let code = "
        const headers = { Host: 'x', cookie: 'a=b', 'Sec-Fetch-Mode': 'cors', 'proxy-authorization': 'x', 'content-length': '5', 'X-HTTP-Method-Override': 'TRACE', authorization: 'Bearer x', 'x-own': '1' };
        const request = new Request('https://a.example/', { headers });
        request.headers.set('origin', 'https://b.example');
        const told = [];
        for (const change of [() => Response.error().headers.set('a', 'b'), () => Response.redirect('https://a.example/').headers.append('a', 'b')]) try { change(); } catch (error) { told.push(error.name); }
        return { request: [...request.headers], plain: [...new Headers(headers)].length, response: [...new Response('', { headers: { 'set-cookie': 'a=b' } }).headers], told };";
    assert_eq!(
        value(&pool, code).await,
        json!({
            "request": [["authorization", "Bearer x"], ["x-own", "1"]], "plain": 8,
            "response": [["content-type", "text/plain;charset=UTF-8"]], "told": ["TypeError", "TypeError"]
        })
    );
}

#[tokio::test]
async fn what_scripts_cannot_have_says_so() {
    let pool = pool();
    for (code, message) in [
        ("eval('1');", "eval is not available in scripts"),
        ("new Function('return 1');", "Function is not available in scripts"),
        ("await import('fs');", "import() is not available in scripts"),
        ("require('fs');", "require is not available in scripts"),
        ("WebAssembly.compile(new Uint8Array());", "WebAssembly is not available in scripts"),
        ("return { path: process.env.PATH };", "process is not available in scripts"),
    ] {
        assert_eq!(outcome(&pool, code).await.message(), message, "{code}");
    }
    let kinds = "return { kinds: [typeof eval, typeof Function, typeof require, typeof WebAssembly, typeof process] };";
    assert_eq!(
        value(&pool, kinds).await,
        json!({"kinds": ["function", "function", "undefined", "undefined", "undefined"]})
    );
}

#[tokio::test]
async fn what_the_clock_cannot_stop_takes_only_so_much() {
    let pool = pool();
    let code = "
        const large = new Uint8Array(17 << 20);
        const key = await crypto.subtle.importKey('raw', new Uint8Array(32), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
        const told = [];
        for (const work of [() => crypto.subtle.digest('SHA-256', large), () => crypto.subtle.sign('HMAC', key, large), async () => new TextDecoder('gbk').decode(large)]) {
          await work().catch((error) => told.push(`${error.name}: ${error.message}`));
        }
        return { told };";
    let limits = Limits { wall: Duration::from_secs(5), ..Limits::default() };
    let run = run_as(&pool, "t", &body(code), "{}", &limits).await;
    assert_eq!(
        json(&run.outcome),
        json!({"told": [
            "TypeError: expected a hash and at most 16 MB", "TypeError: expected a hash and at most 16 MB",
            "TypeError: expected an encoding and at most 16 MB"
        ]})
    );
}
