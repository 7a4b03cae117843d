//! `Intl`, in examples whose answers are those of Node.js with full ICU data, but for the ones that are refused.

use crate::support::{body, config, outcome, pool, pool_with, run, run_as, value};
use serde_json::{Value, json};
use signet_sandbox::{Limits, Outcome, Pool, PoolConfig};

/// Short names for the constructors, and two moments: in winter and in summer.
const NAMES: &str = "const [N, D, C, P] = ['NumberFormat', 'DateTimeFormat', 'Collator', 'PluralRules'].map((name) => (...args) => new Intl[name](...args));
    const T = Date.UTC(2020, 2, 5, 15, 2, 3), S = Date.UTC(2020, 5, 29, 8, 48, 43);";

/// What an expression evaluates to, as text.
async fn evaluate(pool: &Pool, expression: &str) -> String {
    let code = format!(
        "{NAMES}\nconst v = {expression};\nreturn {{ v: v?.[0]?.type ? v.map((p) => `${{p.type}}=${{p.value}}`).join(' ') : String(v) }};"
    );
    value(pool, &code).await.get("v").and_then(Value::as_str).unwrap().to_owned()
}

/// Name and message of what an expression throws.
async fn thrown(pool: &Pool, expression: &str) -> (String, String) {
    let code = format!(
        "{NAMES}\ntry {{ {expression}; }} catch (e) {{ return {{ name: e.name, message: e.message }}; }}\nreturn {{}};"
    );
    let error = value(pool, &code).await;
    let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    (text("name"), text("message"))
}

async fn expect(table: &[(&str, &str)]) {
    let pool = pool();
    for (expression, expected) in table {
        assert_eq!(evaluate(&pool, expression).await, *expected, "{expression}");
    }
}

/// One worker for all runs: it must live through them.
fn one_worker() -> Pool {
    pool_with(PoolConfig { running: 1, ..config(&["work"]) })
}

const NUMBERS: &[(&str, &str)] = &[
    ("N(\"en-US\").format(1234.5)", "1,234.5"),
    ("N('en', { style: 'percent' }).format(0.256)", "26%"),
    ("N('de', { style: 'percent', minimumFractionDigits: 1 }).format(-0.256)", "-25,6\u{a0}%"),
    ("N('tr', { style: 'percent' }).format(0.256)", "%26"),
    ("N('en', { minimumFractionDigits: 2 }).format(5)", "5.00"),
    ("N('en', { maximumFractionDigits: 0 }).format(2.5)", "3"),
    ("N('en', { maximumFractionDigits: 2 }).format(1.005)", "1.01"),
    ("N('en', { minimumSignificantDigits: 3 }).format(5)", "5.00"),
    ("N('en', { maximumSignificantDigits: 3 }).format(123456)", "123,000"),
    ("N('en', { minimumIntegerDigits: 4 }).format(5)", "0,005"),
    ("N('en', { useGrouping: false }).format(1234567)", "1234567"),
    ("N('es', { useGrouping: true }).format(1234)", "1.234"),
    ("N('es').format(1234)", "1234"),
    ("N('es').format(12345)", "12.345"),
    ("N('pl', { useGrouping: 'always' }).format(1234)", "1\u{a0}234"),
    ("N('en', { useGrouping: 'min2' }).format(1234)", "1234"),
    ("N('hi').format(123456789)", "12,34,56,789"),
    ("N('en', { notation: 'compact' }).format(1234567)", "1.2M"),
    ("N('en', { notation: 'compact' }).format(999999)", "1M"),
    ("N('en', { notation: 'compact' }).format(1234)", "1.2K"),
    ("N('en', { notation: 'compact' }).format(12345)", "12K"),
    ("N('en', { notation: 'compact' }).format(0.123)", "0.12"),
    ("N('en', { notation: 'compact' }).format(0)", "0"),
    ("N('en', { notation: 'compact', compactDisplay: 'long' }).format(1234567)", "1.2 million"),
    ("N('de', { notation: 'compact' }).format(1234567)", "1,2\u{a0}Mio."),
    ("N('de', { notation: 'compact' }).format(1234)", "1234"),
    ("N('ja', { notation: 'compact' }).format(123456)", "12万"),
    ("N('es', { notation: 'compact', compactDisplay: 'long' }).format(1500000)", "1,5 millones"),
    ("N('en', { notation: 'compact', maximumFractionDigits: 2 }).format(1234567)", "1.23M"),
    ("N('en', { notation: 'compact' }).format(-1234567)", "-1.2M"),
    ("N('en', { signDisplay: 'exceptZero' }).format(0)", "0"),
    ("N('en', { signDisplay: 'exceptZero' }).format(5)", "+5"),
    ("N('en', { signDisplay: 'never' }).format(-5)", "5"),
    ("N('en', { signDisplay: 'negative' }).format(-0)", "0"),
    ("N('en').format(-0)", "-0"),
    ("N('en').format(NaN)", "NaN"),
    ("N('en').format(Infinity)", "∞"),
    ("N('sv').format(-Infinity)", "−∞"),
    ("N('en', { signDisplay: 'always' }).format(NaN)", "+NaN"),
    ("N('en').format(123456789012345678901234567890n)", "123,456,789,012,345,678,901,234,567,890"),
    ("N('en').format('123456789012345678901234567890.5')", "123,456,789,012,345,678,901,234,567,890.5"),
    ("N('en').format('0x1f')", "31"),
    ("N('en').format('1e5')", "100,000"),
    ("N('en').format('+.5')", "0.5"),
    ("N('en').format('1e400')", "∞"),
    ("N('en').format({ valueOf: () => 7 })", "7"),
    ("N('en').format(1e21)", "1,000,000,000,000,000,000,000"),
    ("N('en', { roundingMode: 'floor', maximumFractionDigits: 1 }).format(-1.25)", "-1.3"),
    ("N('en', { roundingMode: 'halfEven', maximumFractionDigits: 0 }).format(2.5)", "2"),
    ("N('en', { roundingMode: 'ceil', maximumFractionDigits: 0 }).format(-2.5)", "-2"),
    ("N('en', { roundingIncrement: 5, maximumFractionDigits: 2, minimumFractionDigits: 2 }).format(1.23)", "1.25"),
    ("N('en', { roundingIncrement: 250, maximumFractionDigits: 2, minimumFractionDigits: 2 }).format(11.23)", "10.00"),
    ("N('en', { trailingZeroDisplay: 'stripIfInteger', minimumFractionDigits: 2 }).format(5)", "5"),
    ("N('en', { trailingZeroDisplay: 'stripIfInteger', minimumFractionDigits: 2 }).format(5.5)", "5.50"),
    (
        "N('en', { roundingPriority: 'morePrecision', maximumFractionDigits: 2, maximumSignificantDigits: 2 }).format(4.321)",
        "4.32",
    ),
    (
        "N('en', { roundingPriority: 'lessPrecision', maximumFractionDigits: 2, maximumSignificantDigits: 2 }).format(4.321)",
        "4.3",
    ),
    (
        "N('en', { roundingPriority: 'lessPrecision', maximumFractionDigits: 2, maximumSignificantDigits: 2 }).format(4321)",
        "4,300",
    ),
    ("N('ar-EG').format(1234567.5)", "١٬٢٣٤٬٥٦٧٫٥"),
    ("N('ar-EG-u-nu-latn').format(1234567.5)", "1,234,567.5"),
    ("N('de', { numberingSystem: 'thai' }).format(1234567.5)", "๑.๒๓๔.๕๖๗,๕"),
    ("N('de-u-nu-thai').format(1234567.5)", "๑.๒๓๔.๕๖๗,๕"),
    ("N('bn').format(1234567.5)", "১২,৩৪,৫৬৭.৫"),
    ("N('en-u-nu-hanidec').format(1234567.5)", "一,二三四,五六七.五"),
    ("Intl.NumberFormat('en').format(5)", "5"),
    ("[1, 22, 333].map(N('en', { minimumFractionDigits: 1 }).format)", "1.0,22.0,333.0"),
];

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_shown_as_the_locale_shows_them() {
    expect(NUMBERS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_have_their_currency_where_the_locale_puts_it() {
    expect(&[
        ("N('de-DE', { style: 'currency', currency: 'EUR' }).format(1234.5)", "1.234,50\u{a0}€"),
        ("N('de-DE', { style: 'currency', currency: 'EUR' }).format(-1234.5)", "-1.234,50\u{a0}€"),
        ("N('en-US', { style: 'currency', currency: 'USD' }).format(-1234.5)", "-$1,234.50"),
        ("N('en-US', { style: 'currency', currency: 'USD', currencySign: 'accounting' }).format(-1234.5)", "($1,234.50)"),
        ("N('en-US', { style: 'currency', currency: 'USD', currencySign: 'accounting', signDisplay: 'always' }).format(1234.5)", "+$1,234.50"),
        ("N('en-US', { style: 'currency', currency: 'USD', signDisplay: 'always' }).format(1234.5)", "+$1,234.50"),
        ("N('ja-JP', { style: 'currency', currency: 'JPY' }).format(1234.5)", "￥1,235"),
        ("N('en-IN', { style: 'currency', currency: 'INR' }).format(123456789)", "₹12,34,56,789.00"),
        ("N('fr-FR', { style: 'currency', currency: 'USD' }).format(1234.5)", "1\u{202f}234,50\u{a0}$US"),
        ("N('fr-FR', { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' }).format(1234.5)", "1\u{202f}234,50\u{a0}$"),
        ("N('fr-FR', { style: 'currency', currency: 'USD', currencyDisplay: 'code' }).format(1234.5)", "1\u{202f}234,50\u{a0}USD"),
        ("N('fr-FR', { style: 'currency', currency: 'USD', currencyDisplay: 'name' }).format(1234.5)", "1\u{202f}234,50 dollars des États-Unis"),
        ("N('en', { style: 'currency', currency: 'USD', currencyDisplay: 'name' }).format(1)", "1.00 US dollars"),
        ("N('en', { style: 'currency', currency: 'USD', currencyDisplay: 'name', maximumFractionDigits: 0 }).format(1)", "1 US dollar"),
        ("N('ja', { style: 'currency', currency: 'EUR', currencyDisplay: 'name' }).format(15)", "15.00ユーロ"),
        ("N('pl', { style: 'currency', currency: 'PLN', currencyDisplay: 'name', maximumFractionDigits: 0 }).format(22)", "22 złote polskie"),
        ("N('en', { style: 'currency', currency: 'CHF' }).format(12)", "CHF\u{a0}12.00"),
        ("N('de-CH', { style: 'currency', currency: 'CHF' }).format(-1234.5)", "CHF-1'234.50"),
        ("N('nl', { style: 'currency', currency: 'EUR' }).format(-1234.5)", "€\u{a0}-1.234,50"),
        ("N('nl', { style: 'currency', currency: 'EUR', signDisplay: 'always' }).format(1234.5)", "€\u{a0}+1.234,50"),
        ("N('en', { style: 'currency', currency: 'XYZ' }).format(12)", "XYZ\u{a0}12.00"),
        ("N('en', { style: 'currency', currency: 'KWD' }).format(12)", "KWD\u{a0}12.000"),
        ("N('ar-EG', { style: 'currency', currency: 'EGP' }).format(-1234.5)", "\u{61c}-\u{200f}١٬٢٣٤٫٥٠\u{a0}ج.م.\u{200f}"),
        ("N('pt-PT', { style: 'currency', currency: 'EUR' }).format(1234.5)", "1234,50\u{a0}€"),
        ("N('es', { style: 'currency', currency: 'EUR' }).format(1234.5)", "1234,50\u{a0}€"),
        ("N('en', { notation: 'compact', style: 'currency', currency: 'USD' }).format(1234567)", "$1.2M"),
        ("N('de', { notation: 'compact', style: 'currency', currency: 'EUR' }).format(1234567)", "1,2\u{a0}Mio.\u{a0}€"),
        ("N('ja', { notation: 'compact', style: 'currency', currency: 'JPY' }).format(-1234567)", "-￥123万"),
    ])
    .await;
}

const DATES: &[(&str, &str)] = &[
    (
        "D('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Berlin' }).format(0)",
        "1 Jan 1970, 01:00",
    ),
    ("D('en-US').format(0)", "1/1/1970"),
    (
        "D('en-US', { dateStyle: 'full', timeStyle: 'full', timeZone: 'America/New_York' }).format(T)",
        "Thursday, March 5, 2020 at 10:02:03 AM Eastern Standard Time",
    ),
    (
        "D('en-US', { dateStyle: 'full', timeStyle: 'full', timeZone: 'America/New_York' }).format(S)",
        "Monday, June 29, 2020 at 4:48:43 AM Eastern Daylight Time",
    ),
    (
        "D('en-US', { dateStyle: 'long', timeStyle: 'long', timeZone: 'America/New_York' }).format(S)",
        "June 29, 2020 at 4:48:43 AM EDT",
    ),
    (
        "D('en-US', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Asia/Tokyo' }).format(S)",
        "6/29/20, 5:48:43 PM",
    ),
    ("D('de', { dateStyle: 'full', timeZone: 'Asia/Tokyo' }).format(S)", "Montag, 29. Juni 2020"),
    ("D('fr', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' }).format(S)", "29 juin 2020 à 10:48"),
    ("D('en-US', { timeStyle: 'short' }).format(S)", "8:48 AM"),
    (
        "D('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }).format(S)",
        "Monday, June 29, 2020",
    ),
    (
        "D('en-US', { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' }).format(S)",
        "Mon, Jun 29, 2020",
    ),
    (
        "D('en-US', { weekday: 'short', year: 'numeric', month: 'long', day: 'numeric' }).format(S)",
        "Mon, June 29, 2020",
    ),
    (
        "D('en-US', { weekday: 'long', year: 'numeric', month: 'short', day: '2-digit' }).format(S)",
        "Monday, Jun 29, 2020",
    ),
    ("D('en-US', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(T)", "03/05/2020"),
    ("D('de-DE', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(T)", "05.03.2020"),
    ("D('de-DE', { year: 'numeric', month: 'short', day: 'numeric' }).format(T)", "5. März 2020"),
    ("D('de-DE', { month: 'short', year: 'numeric' }).format(T)", "März 2020"),
    ("D('ja', { year: 'numeric', month: 'short', day: 'numeric' }).format(T)", "2020年3月5日"),
    ("D('sv-SE').format(T)", "2020-03-05"),
    ("D('fr-FR').format(T)", "05/03/2020"),
    ("D('en-GB').format(T)", "05/03/2020"),
    ("D('en-US', { year: '2-digit', month: 'numeric' }).format(T)", "3/20"),
    ("D('en-US', { month: 'long' }).format(T)", "March"),
    ("D('ru', { month: 'long' }).format(T)", "март"),
    ("D('ru', { month: 'long', day: 'numeric' }).format(T)", "5 марта"),
    ("D('en-US', { month: 'narrow' }).format(T)", "M"),
    ("D('en-US', { weekday: 'narrow' }).format(T)", "T"),
    ("D('en-US', { hour: 'numeric' }).format(T)", "3 PM"),
    ("D('en-US', { hour: 'numeric', minute: '2-digit' }).format(T)", "3:02 PM"),
    ("D('en-US', { hour: '2-digit', minute: '2-digit' }).format(T)", "03:02 PM"),
    ("D('en-US', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(T)", "15:02:03"),
    ("D('en-US', { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).format(T)", "15:02"),
    ("D('de', { hour: 'numeric', minute: '2-digit', hour12: true }).format(T)", "3:02 PM"),
    ("D('ja', { hour: 'numeric', minute: '2-digit', hour12: true }).format(1583366400000)", "午前0:00"),
    ("D('en-US-u-hc-h23', { timeStyle: 'short' }).format(T)", "15:02"),
    ("D('en-US-u-hc-h11', { timeStyle: 'short' }).format(1583366400000)", "0:00 AM"),
    (
        "D('en-US', { hour: 'numeric', minute: 'numeric', second: 'numeric', fractionalSecondDigits: 3 }).format(T + 123)",
        "3:02:03.123 PM",
    ),
    (
        "D('en-US', { hour: 'numeric', minute: 'numeric', timeZoneName: 'short', timeZone: 'America/Los_Angeles' }).format(T + 123)",
        "7:02 AM PST",
    ),
    (
        "D('en-US', { hour: 'numeric', minute: 'numeric', timeZoneName: 'long', timeZone: 'Europe/Berlin' }).format(T + 123)",
        "4:02 PM Central European Standard Time",
    ),
    (
        "D('de', { hour: 'numeric', minute: 'numeric', timeZoneName: 'long', timeZone: 'Europe/Berlin' }).format(S)",
        "10:48 Mitteleuropäische Sommerzeit",
    ),
    (
        "D('en-US', { hour: 'numeric', timeZoneName: 'shortOffset', timeZone: 'Asia/Kolkata' }).format(S)",
        "2 PM GMT+5:30",
    ),
    (
        "D('en-US', { hour: 'numeric', timeZoneName: 'longOffset', timeZone: 'Asia/Kolkata' }).format(S)",
        "2 PM GMT+05:30",
    ),
    (
        "D('en-US', { hour: 'numeric', timeZoneName: 'shortGeneric', timeZone: 'America/New_York' }).format(S)",
        "4 AM ET",
    ),
    (
        "D('en-US', { hour: 'numeric', timeZoneName: 'longGeneric', timeZone: 'America/New_York' }).format(S)",
        "4 AM Eastern Time",
    ),
    (
        "D('en-US', { year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(T)",
        "March 5, 2020 at 3:02 PM",
    ),
    (
        "D('en-US', { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(T)",
        "Mar 5, 2020, 3:02 PM",
    ),
    ("D('en-US', { weekday: 'short', hour: 'numeric' }).format(T)", "Thu 3 PM"),
    ("D('en-US', { era: 'short' }).format(T)", "3/5/2020 AD"),
    ("D('en-US', { year: 'numeric', era: 'long' }).format(-1e14)", "1200 Before Christ"),
    ("D('en-US', { year: 'numeric', month: 'long' }).format(-1e14)", "February 1200"),
    ("D('en-US', { dateStyle: 'long' }).format(8.64e15)", "September 13, 275760"),
    (
        "D('en-US', { dateStyle: 'long', timeZone: 'Europe/Berlin', timeStyle: 'short' }).format(8.64e15 - 86400000)",
        "September 12, 275760 at 2:00 AM",
    ),
    (
        "D('en-US', { dateStyle: 'long', timeZone: 'Europe/Berlin', timeStyle: 'long' }).format(-3e12)",
        "December 7, 1874 at 7:33:28 PM GMT+0:53:28",
    ),
    ("D('th', { dateStyle: 'long' }).format(T)", "5 มีนาคม 2563"),
    ("D('fa', { dateStyle: 'long' }).format(T)", "۱۵ اسفند ۱۳۹۸"),
    ("D('ar-SA', { dateStyle: 'long' }).format(T)", "٥ مارس ٢٠٢٠"),
    ("D('ar-EG', { dateStyle: 'long' }).format(T)", "٥ مارس ٢٠٢٠"),
    ("D('en-u-ca-buddhist', { dateStyle: 'long' }).format(T)", "March 5, 2563 BE"),
    ("D('en', { calendar: 'japanese', dateStyle: 'long' }).format(T)", "March 5, 2 Reiwa"),
    ("D('ja-JP-u-ca-japanese', { dateStyle: 'long' }).format(T)", "令和2年3月5日"),
    ("D('zh-TW', { calendar: 'roc', dateStyle: 'long' }).format(T)", "民國109年3月5日"),
    ("D('en', { calendar: 'islamic-umalqura', dateStyle: 'long' }).format(T)", "Rajab 10, 1441 AH"),
    ("Intl.DateTimeFormat('en-US').format(0)", "1/1/1970"),
];

#[tokio::test(flavor = "multi_thread")]
async fn dates_are_shown_as_the_locale_shows_them() {
    expect(DATES).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_sorted_as_the_locale_sorts_them() {
    expect(&[
        ("['z', 'ä', 'a'].sort(C('de').compare)", "a,ä,z"),
        ("['z', 'ä', 'a'].sort(C('sv').compare)", "a,z,ä"),
        ("['a10', 'a2', 'a1'].sort(C('en', { numeric: true }).compare)", "a1,a2,a10"),
        ("['a10', 'a2', 'a1'].sort(C('en-u-kn').compare)", "a1,a2,a10"),
        ("C('en', { sensitivity: 'base' }).compare('a', 'Á')", "0"),
        ("C('en', { sensitivity: 'accent' }).compare('a', 'A')", "0"),
        ("C('en', { sensitivity: 'accent' }).compare('a', 'á')", "-1"),
        ("C('en', { sensitivity: 'case' }).compare('a', 'á')", "0"),
        ("C('en', { sensitivity: 'case' }).compare('a', 'A')", "-1"),
        ("C('en').compare('a', 'A')", "-1"),
        ("C('en', { caseFirst: 'upper' }).compare('a', 'A')", "1"),
        ("C('da').compare('a', 'A')", "1"),
        ("C('de-u-co-phonebk').compare('ad', 'äa')", "-1"),
        ("C('de').compare('ad', 'äa')", "1"),
        ("C('en', { ignorePunctuation: true }).compare('ab', 'a-b')", "0"),
        ("C('zh').compare('中', '国')", "1"),
        ("C('en').compare()", "0"),
        ("C('en').compare('', 'a')", "-1"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_have_their_plural_category() {
    expect(&[
        ("P('en').select(1)", "one"),
        ("P('en').select(0)", "other"),
        ("P('en', { minimumFractionDigits: 1 }).select(1)", "other"),
        ("P('en', { type: 'ordinal' }).select(22)", "two"),
        ("P('en', { type: 'ordinal' }).select(13)", "other"),
        ("P('pl').select(22)", "few"),
        ("P('ar').select(0)", "zero"),
        ("P('ru').select(1.5)", "other"),
        ("P('en').select(NaN)", "other"),
        ("P('en').select(Infinity)", "other"),
        ("P('en').select(-1)", "one"),
        ("P('en').select('1')", "one"),
        ("P('fr').select(1.5)", "one"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_methods_of_other_types_follow_the_locale() {
    expect(&[
        ("(1234.5).toLocaleString('de')", "1.234,5"),
        ("(1234.5).toLocaleString()", "1,234.5"),
        ("(1234567n).toLocaleString('de')", "1.234.567"),
        ("(12).toLocaleString('en', { style: 'currency', currency: 'EUR' })", "€12.00"),
        ("[1234.5, null, undefined, 'a', 1e6].toLocaleString('de')", "1.234,5,,,a,1.000.000"),
        ("[1234.5, new Date(0)].toLocaleString('en', { timeZone: 'UTC' })", "1,234.5,1/1/1970, 12:00:00 AM"),
        ("D('en-US').format(new Date(T))", "3/5/2020"),
        ("new Date(T).toLocaleString('en-US')", "3/5/2020, 3:02:03 PM"),
        ("new Date(T).toLocaleDateString('en-US')", "3/5/2020"),
        ("new Date(T).toLocaleTimeString('en-US')", "3:02:03 PM"),
        ("new Date(T).toLocaleTimeString('de-DE')", "15:02:03"),
        ("new Date(T).toLocaleDateString('en-US', { weekday: 'long' })", "Thursday"),
        ("new Date(T).toLocaleDateString('en-US', { hour: 'numeric' })", "3/5/2020, 3 PM"),
        ("new Date(T).toLocaleTimeString('en-US', { hour: '2-digit', minute: '2-digit' })", "03:02 PM"),
        ("new Date(T).toLocaleTimeString('en-US', { day: 'numeric' })", "5, 3:02:03 PM"),
        ("new Date(T).toLocaleString('en-US', { timeZone: 'Asia/Tokyo' })", "3/6/2020, 12:02:03 AM"),
        ("new Date(T).toLocaleDateString('en-US', { dateStyle: 'medium' })", "Mar 5, 2020"),
        ("new Date(NaN).toLocaleString('en-US')", "Invalid Date"),
        ("'a'.localeCompare('b')", "-1"),
        ("'ä'.localeCompare('z', 'sv')", "1"),
        ("'a'.localeCompare('A', undefined, { sensitivity: 'base' })", "0"),
        ("'résumé'.localeCompare('resume')", "1"),
        ("'i'.toLocaleUpperCase('tr')", "İ"),
        ("'I'.toLocaleLowerCase('tr')", "ı"),
        ("'I'.toLocaleLowerCase()", "i"),
        ("'ΑΎΛΟΣ'.toLocaleLowerCase('el')", "αύλος"),
        ("'ά'.toLocaleUpperCase('el')", "Α"),
        ("'ß'.toLocaleUpperCase('de')", "SS"),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn formatted_text_comes_in_parts() {
    expect(&[
        (
            "N('de', { style: 'currency', currency: 'EUR' }).formatToParts(-1234.5)",
            "minusSign=- integer=1 group=. integer=234 decimal=, fraction=50 literal=\u{a0} currency=€",
        ),
        (
            "N('en', { style: 'percent' }).formatToParts(-1234.5)",
            "minusSign=- integer=123 group=, integer=450 percentSign=%",
        ),
        (
            "N('en', { notation: 'compact', compactDisplay: 'long' }).formatToParts(-1234567)",
            "minusSign=- integer=1 decimal=. fraction=2 literal=  compact=million",
        ),
        (
            "N('en', { style: 'currency', currency: 'USD', currencySign: 'accounting' }).formatToParts(-1)",
            "literal=( currency=$ integer=1 decimal=. fraction=00 literal=)",
        ),
        (
            "N('en', { style: 'currency', currency: 'USD', currencyDisplay: 'name' }).formatToParts(1)",
            "integer=1 decimal=. fraction=00 literal=  currency=US dollars",
        ),
        ("N('en').formatToParts(-Infinity)", "minusSign=- infinity=∞"),
        (
            "N('en').formatToParts(1234567.891)",
            "integer=1 group=, integer=234 group=, integer=567 decimal=. fraction=891",
        ),
        (
            "D('de', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).formatToParts(T)",
            "weekday=Donnerstag literal=,  day=5 literal=.  month=März literal=  year=2020",
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_objects_look_as_the_standard_says() {
    expect(&[
        ("N(['xx', 'de']).resolvedOptions().locale", "de"),
        ("N('zh-Hant-TW').resolvedOptions().locale", "zh-Hant-TW"),
        ("N('sr-Latn-RS').resolvedOptions().locale", "sr-Latn-RS"),
        ("Intl.NumberFormat.name + Intl.NumberFormat.length", "NumberFormat0"),
        ("Object.prototype.toString.call(N())", "[object Intl.NumberFormat]"),
        ("Object.prototype.toString.call(Intl)", "[object Intl]"),
        ("N('en').format.name + N('en').format.length", "1"),
        (
            "Intl.NumberFormat.supportedLocalesOf(['de', 'xx', 'en-GB-u-nu-thai', 'zh-Hant'])",
            "de,en-GB-u-nu-thai,zh-Hant",
        ),
        (
            "Intl.getCanonicalLocales(['EN-us', 'zh-hans-cn', 'iw', 'en-US', 'sl-rozaj-biske-1994', 'de-u-kn-true'])",
            "en-US,zh-Hans-CN,he,sl-1994-biske-rozaj,de-u-kn",
        ),
        ("P('en-u-nu-thai').resolvedOptions().locale", "en"),
        ("C('zh-u-co-stroke').resolvedOptions().locale", "zh-u-co-stroke"),
        ("'a'.localeCompare.length + 'a'.localeCompare.name", "1localeCompare"),
        ("D('en-US', { timeZone: 'europe/berlin' }).resolvedOptions().timeZone", "Europe/Berlin"),
        ("D('en-US', { timeZone: 'Etc/GMT' }).resolvedOptions().timeZone", "UTC"),
        ("D('th').resolvedOptions().calendar", "buddhist"),
        ("D('en-u-ca-buddhist').resolvedOptions().locale", "en-u-ca-buddhist"),
        ("D(undefined, { timeZone: 'UTC' }).resolvedOptions().locale", "en-US"),
    ])
    .await;
}

const REFUSED_BY_THE_STANDARD: &[(&str, &str)] = &[
    ("N('en').format(Symbol())", "TypeError"),
    ("N('en', { roundingIncrement: 5, maximumSignificantDigits: 2 }).format(1.23)", "TypeError"),
    ("N('en', { roundingIncrement: 3 }).format(1.23)", "RangeError"),
    ("N('en', { useGrouping: 'bogus' })", "RangeError"),
    ("N('en', { style: 'bogus' })", "RangeError"),
    ("N('en', { style: 'currency' })", "TypeError"),
    ("N('en', { style: 'currency', currency: 'EURO' })", "RangeError"),
    ("N('en', { minimumFractionDigits: 5, maximumFractionDigits: 2 })", "RangeError"),
    ("N('en', { maximumFractionDigits: 101 })", "RangeError"),
    ("N('en', null)", "TypeError"),
    ("N(null)", "TypeError"),
    ("N('x')", "RangeError"),
    ("N('en_US')", "RangeError"),
    ("N([5])", "TypeError"),
    ("Intl.NumberFormat.prototype.formatToParts.call({}, 1)", "TypeError"),
    ("Intl.getCanonicalLocales('i-klingon')", "RangeError"),
    ("Intl.getCanonicalLocales('en-a-bb-a-cc')", "RangeError"),
    ("Intl.getCanonicalLocales('')", "RangeError"),
    ("Intl.supportedValuesOf('bogus')", "RangeError"),
    ("Number.prototype.toLocaleString.call('x')", "TypeError"),
    ("P('en').select(1n)", "TypeError"),
    ("P('en', { type: 'x' })", "RangeError"),
    ("Intl.PluralRules('en')", "TypeError"),
    ("C('en', { sensitivity: 'x' })", "RangeError"),
    ("String.prototype.localeCompare.call(null, 'a')", "TypeError"),
    ("'i'.toLocaleUpperCase('bogus-tag-x')", "RangeError"),
    ("'x'.toLocaleUpperCase(null)", "TypeError"),
    ("D('en-US', { timeZone: 'bogus' })", "RangeError"),
    ("D('en-US').format(NaN)", "RangeError"),
    ("D('en-US').format(8.64e15 + 1)", "RangeError"),
    ("D('en-US').format('x')", "RangeError"),
    ("D('en-US').format(new Date(NaN))", "RangeError"),
    ("D('en-US', { dateStyle: 'short', day: 'numeric' })", "TypeError"),
    ("D('en-US', { hourCycle: 'x' })", "RangeError"),
    ("D('en-US', { month: 'x' })", "RangeError"),
    ("D('en-US', { calendar: '!' })", "RangeError"),
    ("new Date(T).toLocaleDateString('en-US', { timeStyle: 'short' })", "TypeError"),
    ("Date.prototype.toLocaleString.call({})", "TypeError"),
    ("Intl.DateTimeFormat.supportedLocalesOf('de', { localeMatcher: 'x' })", "RangeError"),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_available_is_refused_by_name() {
    let pool = pool();
    for (expression, expected) in REFUSED_BY_THE_STANDARD {
        assert_eq!(thrown(&pool, expression).await.0, *expected, "{expression}");
    }
    for (expression, message) in [
        ("N('en', { style: 'unit', unit: 'meter' })", "the style unit is not available in scripts"),
        ("N('en', { notation: 'scientific' })", "the notation scientific is not available in scripts"),
        ("N('de-AT', { style: 'currency', currency: 'EUR' })", "the style currency is not available in this locale"),
        ("N('fa', { style: 'percent' })", "the style percent is not available in this numbering system"),
        ("N('ru').format(NaN)", "there is no text for NaN in this locale"),
        ("N('zh-TW').format(NaN)", "there is no text for NaN in this locale"),
        ("D('en', { dayPeriod: 'short' })", "dayPeriod is not available"),
        ("D('en', { hourCycle: 'h24' })", "the hour cycle h24 is not available in scripts"),
        ("D('en', { year: 'numeric', weekday: 'long' })", "this combination of date and time fields is not available"),
        ("D('en', { minute: 'numeric' })", "this combination of date and time fields is not available"),
        ("D('en', { timeZone: 'Mars/Olympus' })", "there is no time zone `Mars/Olympus`"),
        ("C('en', { usage: 'search' })", "the usage search is not available in scripts"),
        ("Intl.supportedValuesOf('currency')", "the list of values of currency is not available in scripts"),
    ] {
        assert_eq!(thrown(&pool, expression).await, ("RangeError".to_owned(), message.to_owned()), "{expression}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_resolved_is_told() {
    let pool = pool();
    let code = format!(
        "{NAMES}\nreturn {{ number: N('de-u-nu-thai-x-y', {{ style: 'currency', currency: 'eur' }}).resolvedOptions(),
           date: D('en-GB', {{ hour: 'numeric', minute: '2-digit', weekday: 'long', timeZone: '+0530' }}).resolvedOptions(),
           style: D('en-US', {{ dateStyle: 'medium', timeStyle: 'short' }}).resolvedOptions(),
           collator: C('en-u-kf-upper-kn', {{ sensitivity: 'base' }}).resolvedOptions(), plural: P('pl').resolvedOptions().pluralCategories,
           zones: Intl.supportedValuesOf('timeZone').includes('Europe/Berlin'), systems: Intl.supportedValuesOf('numberingSystem').includes('thai') }};"
    );
    assert_eq!(
        value(&pool, &code).await,
        json!({
            "number": {
                "locale": "de-u-nu-thai", "numberingSystem": "thai", "style": "currency", "currency": "EUR",
                "currencyDisplay": "symbol", "currencySign": "standard", "minimumIntegerDigits": 1,
                "minimumFractionDigits": 2, "maximumFractionDigits": 2, "useGrouping": "auto", "notation": "standard",
                "signDisplay": "auto", "roundingIncrement": 1, "roundingMode": "halfExpand", "roundingPriority": "auto",
                "trailingZeroDisplay": "auto"
            },
            "date": {
                "locale": "en-GB", "calendar": "gregory", "numberingSystem": "latn", "timeZone": "+05:30", "hourCycle": "h23",
                "hour12": false, "weekday": "long", "hour": "2-digit", "minute": "2-digit"
            },
            "style": {
                "locale": "en-US", "calendar": "gregory", "numberingSystem": "latn", "timeZone": "UTC", "hourCycle": "h12",
                "hour12": true, "dateStyle": "medium", "timeStyle": "short"
            },
            "collator": {
                "locale": "en-u-kf-upper-kn", "usage": "sort", "sensitivity": "base", "ignorePunctuation": false,
                "collation": "default", "numeric": true, "caseFirst": "upper"
            },
            "plural": ["one", "few", "many", "other"], "zones": true, "systems": true
        })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_input_ends_in_an_error_and_never_ends_the_worker() {
    let pool = one_worker();
    for (expression, expected) in [
        ("N('a'.repeat(1e6))", "RangeError"),
        ("N('en-x-' + 'aaaa-'.repeat(2e5) + 'a')", "RangeError"),
        ("N('\\ud800')", "RangeError"),
        ("Intl.getCanonicalLocales('en\\0US')", "RangeError"),
        ("N('en').format(10n ** 30000n)", "RangeError"),
        ("N('en').format('0.' + '1'.repeat(1e6))", "RangeError"),
        ("N('en', { currency: 'x'.repeat(1e6) })", "RangeError"),
        ("N('en', { numberingSystem: 'abc-'.repeat(1e5) + 'abc' })", "RangeError"),
        ("N('en', { style: 'x'.repeat(1e6) })", "RangeError"),
        ("N('en', { minimumFractionDigits: { valueOf() { return NaN; } } })", "RangeError"),
        ("N('en', { get style() { throw new SyntaxError('mine'); } })", "SyntaxError"),
        ("N('en', new Proxy({}, { get() { throw new EvalError('mine'); } }))", "EvalError"),
        ("D('en', { timeZone: 'x'.repeat(1e6) })", "RangeError"),
        ("D('en', { timeZone: '/etc/passwd' })", "RangeError"),
        ("D('en', { timeZone: '../../etc/passwd' })", "RangeError"),
        ("D('en').format({ valueOf() { return 1e300; } })", "RangeError"),
        ("C('en').compare('x'.repeat(2e6), 'x')", "RangeError"),
        ("'i'.repeat(2e6).toLocaleUpperCase('tr')", "RangeError"),
        ("'i\\ud800'.toLocaleUpperCase('tr')", "RangeError"),
        ("new (Object.getOwnPropertyDescriptor(Intl.NumberFormat.prototype, 'format').get)()", "TypeError"),
        ("Reflect.construct(Intl.PluralRules, [], Intl.NumberFormat).format", "TypeError"),
    ] {
        assert_eq!(thrown(&pool, expression).await.0, expected, "{expression}");
    }
    for (expression, expected) in [
        ("C('en').compare('\\ud800', '\\ud800')", "0"),
        ("C('en').compare('a'.repeat(1e6), 'a'.repeat(1e6))", "0"),
        ("N('en').format('9'.repeat(1e6))", "∞"),
        ("N('en').format('x'.repeat(1e6))", "NaN"),
        ("N('en').format(10n ** 9000n).length", "12001"),
        ("'\\ud800'.toLocaleLowerCase().charCodeAt(0)", "55296"),
    ] {
        assert_eq!(evaluate(&pool, expression).await, expected, "{expression}");
    }
    assert_eq!(pool.stats().started, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_use_meets_the_limits() {
    for code in [
        "while (true) new Intl.NumberFormat('de', { maximumFractionDigits: 3 }).format(1.5);",
        "while (true) new Date().toLocaleString('fr', { timeZone: 'Asia/Tokyo' });",
        "Intl.getCanonicalLocales({ length: 2 ** 53 });",
        "['a', 'b'].sort(new Intl.Collator({ length: 1e15 }).compare);",
    ] {
        let outcome = outcome(&pool(), code).await;
        assert!(matches!(outcome, Outcome::TimedOut { .. }), "{code}: {outcome:?}");
    }
    let limits = Limits { memory_bytes: 16 << 20, ..Limits::default() };
    let hoarder = body("const kept = []; while (true) kept.push(new Intl.NumberFormat('de'));");
    let outcome = run_as(&pool(), "t", &hoarder, "{}", &limits).await.outcome;
    assert!(matches!(outcome, Outcome::OutOfMemory), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patched_intl_is_whole_again_in_the_next_run() {
    let pool = one_worker();
    let whole = body(
        "return { v: new Intl.NumberFormat('de').format(1234.5), d: (5).toLocaleString('de'), own: Object.keys(globalThis).includes('Intl') };",
    );
    for patch in [
        "Intl.NumberFormat = class { format() { return 'evil'; } };",
        "Intl.NumberFormat.prototype.format = 'evil'; Object.defineProperty(Intl.NumberFormat.prototype, 'format', { get: () => () => 'evil' });",
        "globalThis.Intl = { NumberFormat: class { format() { return 'evil'; } } };",
        "delete globalThis.Intl;",
        "Array.prototype.includes = () => true; WeakMap.prototype.get = () => ({}); new Intl.NumberFormat('de');",
        "Number.prototype.toLocaleString = () => 'evil';",
    ] {
        run(&pool, &body(&format!("{patch}\nreturn {{ v: typeof Intl }};"))).await;
        let Outcome::Returned(json) = run(&pool, &whole).await.outcome else { panic!("{patch}") };
        assert_eq!(
            serde_json::from_str::<Value>(json.get()).unwrap(),
            json!({"v": "1.234,5", "d": "5", "own": false}),
            "{patch}"
        );
    }
    assert_eq!(pool.stats().started, 1);
}
