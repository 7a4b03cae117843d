//! Programs from bytes: most of them compile, call the surface of a realm in odd ways, and change what it is made of.
//!
//! Each choice takes a byte or two, so that small changes of the input are small changes of the program. When the bytes
//! are used up, every choice is the first, which is the simplest.

use super::words::{CALLS, KEYS, LITERALS, OPERATORS, PATTERNS, PLACES, PREFIXES};
use arbitrary::Unstructured;

/// Nesting of statements and expressions.
const DEEPEST: u32 = 6;
const VARIABLES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// A script whose function is `main`.
pub(super) fn script(bytes: &mut Unstructured<'_>) -> String {
    let mut writer = Writer { bytes, text: String::new(), depth: 0 };
    writer.add("var a, b = [], c = {}, d = 'text', e = 5, f = (x) => x;\n");
    if writer.chance() {
        writer.add("(async () => ");
        writer.block();
        writer.add(")();");
    }
    writer.add("\nconst main = async ({ context, token, api }) => ");
    writer.block();
    writer.add(";\n");
    writer.text
}

struct Writer<'a, 'b> {
    bytes: &'a mut Unstructured<'b>,
    text: String,
    depth: u32,
}

impl Writer<'_, '_> {
    fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn number(&mut self, below: usize) -> usize {
        self.bytes.choose_index(below).unwrap_or(0)
    }

    fn chance(&mut self) -> bool {
        self.number(2) == 1
    }

    fn one_of(&mut self, words: &[&str]) {
        let word = words[self.number(words.len())];
        self.add(word);
    }

    fn variable(&mut self) {
        self.one_of(&VARIABLES);
    }

    /// Runs `write` one level deeper; a simple thing stands where it would be too deep.
    fn deeper(&mut self, simple: &str, write: impl FnOnce(&mut Self)) {
        if self.depth >= DEEPEST || self.bytes.is_empty() {
            return self.add(simple);
        }
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn list(&mut self, most: usize, write: impl Fn(&mut Self)) {
        for _ in 0..self.number(most + 1) {
            write(self);
            self.add(", ");
        }
    }

    fn block(&mut self) {
        self.add("{\n");
        for _ in 0..=self.number(5) {
            if self.bytes.is_empty() {
                break;
            }
            self.statement();
            self.add("\n");
        }
        self.add("return ");
        self.result();
        self.add("; }");
    }

    fn result(&mut self) {
        match self.number(5) {
            0 => self.add("{ a: 1 }"),
            1 => {
                self.add("{ a: ");
                self.expression();
                self.add(" }");
            }
            2 => {
                self.add("{ get a() { return ");
                self.expression();
                self.add("; } }");
            }
            3 => {
                self.add("{ toJSON() { return ");
                self.expression();
                self.add("; } }");
            }
            _ => self.expression(),
        }
    }

    fn inner_block(&mut self) {
        self.add("{ ");
        for _ in 0..=self.number(3) {
            self.statement();
        }
        self.add(" }");
    }

    fn statement(&mut self) {
        self.deeper("a;", |w| match w.number(16) {
            0 | 1 => w.line("", ";"),
            2 => {
                w.variable();
                w.line(" = ", ";");
            }
            3 => {
                w.add("if (");
                w.expression();
                w.add(") ");
                w.inner_block();
            }
            4 => {
                w.add("for (let i = 0; i < 20; i += 1) ");
                w.inner_block();
            }
            5 => {
                w.add("for (const x of ");
                w.expression();
                w.add(") { ");
                w.line("a = x; ", "; if (e++ > 50) break; }");
            }
            6 | 7 => {
                w.add("try ");
                w.inner_block();
                w.add(" catch (error) { a = error; } finally ");
                w.inner_block();
            }
            8 => w.line("throw ", ";"),
            9 | 10 => {
                w.place();
                w.line(" = ", ";");
            }
            11 => {
                w.add("Object.defineProperty(");
                w.one_of(PLACES);
                w.add(", ");
                w.one_of(KEYS);
                w.line(", { get() { return ", "; }, configurable: true });");
            }
            12 => w.line("await ", ";"),
            13 => {
                w.add("setTimeout(() => { ");
                w.line("", "; }, 1);");
            }
            14 => {
                w.add("queueMicrotask(() => { ");
                w.line("", "; });");
            }
            _ => {
                w.add("{ const { ");
                w.variable();
                w.line(": z = 1, ...rest } = Object(", "); a = [z, rest]; }");
            }
        });
    }

    fn line(&mut self, before: &str, after: &str) {
        self.add(before);
        self.expression();
        self.add(after);
    }

    fn place(&mut self) {
        self.one_of(PLACES);
        self.add("[");
        self.one_of(KEYS);
        self.add("]");
    }

    fn expression(&mut self) {
        self.deeper("1", |w| match w.number(20) {
            0 => w.one_of(LITERALS),
            1 | 2 => w.variable(),
            3..=6 => w.call(),
            7 => {
                w.add("(");
                w.expression();
                w.one_of(OPERATORS);
                w.expression();
                w.add(")");
            }
            8 => {
                w.add("(");
                w.one_of(PREFIXES);
                w.line("(", "))");
            }
            9 => {
                w.line("(", ")?.[");
                w.one_of(KEYS);
                w.add("]");
            }
            10 | 11 => {
                w.line("(", ")?.[");
                w.one_of(KEYS);
                w.add("]?.(");
                w.list(3, Self::expression);
                w.add(")");
            }
            12 => {
                w.add("[");
                w.list(4, Self::expression);
                w.add("]");
            }
            13 => w.object(),
            14 | 15 => w.function(),
            16 => w.one_of(PATTERNS),
            17 => w.place(),
            18 => {
                w.add("new Proxy(Object(");
                w.expression();
                w.add("), ");
                w.object();
                w.add(")");
            }
            _ => {
                w.add("`${");
                w.expression();
                w.add("}`");
            }
        });
    }

    fn call(&mut self) {
        self.one_of(CALLS);
        self.add("(");
        self.list(3, Self::expression);
        self.add(")");
    }

    fn object(&mut self) {
        // In brackets, or it would be a block at the start of a statement.
        self.add("({ ");
        for _ in 0..self.number(4) {
            self.add("[");
            self.one_of(KEYS);
            self.add("]");
            match self.number(3) {
                0 => self.line(": ", ", "),
                1 => self.line("(...args) { a = args; return ", "; }, "),
                _ => self.line(": () => ", ", "),
            }
        }
        self.add("})");
    }

    fn function(&mut self) {
        match self.number(6) {
            0 => self.line("((x, y) => ", ")"),
            1 => self.line("(function () { return [this, arguments, ", "]; })"),
            2 => self.line("(function* () { yield 1; yield ", "; })"),
            3 => self.line("(async () => ", ")"),
            4 => self.line("(async function* () { try { yield ", "; } finally { e = 1; } })"),
            _ => self.line("(class extends Object { static x = ", "; #y = 1; get y() { return this.#y; } })"),
        }
    }
}
